package io.chartreuse.spi.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parameters after the question mark of a JDBC URL. Drivers ignore parameters that they do not know, so a
 * misspelled one would leave a connection unencrypted without any error.
 */
public final class UrlParameters {

    /** What can be shown: a value or a name of another form might be a secret that stands in the wrong place. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,39}");

    private final Map<String, Known> known = new TreeMap<>();

    /** @param known all that the driver knows */
    public UrlParameters(Collection<Known> known) {
        known.forEach(parameter -> this.known.put(parameter.name(), parameter));
    }

    /**
     * A parameter that the driver knows.
     *
     * @param choices the values that it takes; empty: it does not say
     * @param usual   its value where nothing is given, which tells truth values and whole numbers from text; may be empty
     */
    public record Known(String name, List<String> choices, String usual) {
        public Known {
            choices = List.copyOf(choices);
        }

        private boolean isTruth() {
            return usual.equals("true") || usual.equals("false");
        }

        private boolean isNumber() {
            return usual.matches("-?[0-9]+");
        }
    }

    /**
     * Something that is wrong with a URL.
     *
     * @param what   goes on from the URL's name: {@code has an unknown parameter, sslmod}
     * @param remedy what to do
     */
    public record Fault(String what, String remedy) {}

    /** All problems, in the order of the URL. Messages quote only single words of its values. */
    public List<Fault> faults(String url) {
        int start = url.indexOf('?');
        if (start < 0) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Arrays.stream(url.substring(start + 1).split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .forEach(parameter -> fault(parameter, seen).ifPresent(faults::add));
        return faults;
    }

    private Optional<Fault> fault(String parameter, Set<String> seen) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        Known found = known.get(name);
        if (found == null) {
            return Optional.of(unknown(name));
        }
        if (!seen.add(name)) {
            return Optional.of(new Fault("has the parameter " + name + " twice", "Keep one of the two."));
        }
        try {
            return value(
                    found,
                    URLDecoder.decode(
                            parameter.substring(equals < 0 ? parameter.length() : equals + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.of(new Fault(
                    "has a % in the value of " + name + " that no two hexadecimal digits follow",
                    "Write %25 for a %."));
        }
    }

    private Fault unknown(String name) {
        if (!WORD.matcher(name).matches()) {
            return new Fault(
                    "has a parameter whose name is not valid",
                    "Write parameters as name=value, with & between two of them, and %26 for an & inside of a value.");
        }
        Optional<String> sameLetters =
                known.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
        String what = "has the unknown parameter " + name;
        return sameLetters
                .map(right -> new Fault(
                        what + ", which the driver would pass over: small and capital letters count",
                        "Write " + right + "."))
                .orElseGet(() -> new Fault(
                        what + ", which the driver would pass over",
                        Suggestion.to(name, known.keySet())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Remove it; the driver's documentation lists what there is.")));
    }

    private static Optional<Fault> value(Known parameter, String value) {
        if (!parameter.choices().isEmpty()) {
            return parameter.choices().contains(value)
                    ? Optional.empty()
                    : Optional.of(notOneOf(parameter.name(), value, parameter.choices()));
        }
        if (parameter.isTruth() && !value.toLowerCase(Locale.ROOT).matches("true|false|")) {
            return Optional.of(notOneOf(parameter.name(), value, List.of("true", "false")));
        }
        if (parameter.isNumber() && !value.matches("-?[0-9]{1,10}")) {
            return Optional.of(new Fault(
                    "has a value of " + parameter.name() + " that is not a whole number", "Write digits only."));
        }
        return Optional.empty();
    }

    private static Fault notOneOf(String name, String value, List<String> choices) {
        String given = WORD.matcher(value).matches() ? name + "=" + value : "a value of " + name;
        String remedy = Suggestion.to(value, choices)
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
        return new Fault(
                "has " + given + ", which is not one of its values",
                remedy + "The values are " + String.join(", ", choices) + ".");
    }
}
