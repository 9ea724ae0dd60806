package io.chartreuse.core.secret;

import io.chartreuse.spi.model.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Masks the secrets that were given to it, also as they look in a URL, in JSON, in hexadecimal digits and in Base64, in
 * upper or lower case. Everything that is printed, logged or stored goes through one. Safe for use by several threads.
 */
public final class Redactor {

    private static final String MASK = "(secret)";

    /** What is shorter stands in too many words; masking it would show where. */
    static final int SHORTEST = 4;

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    /** By their first character, the longest first. */
    private final Map<Character, List<String>> forms = new ConcurrentHashMap<>();

    /**
     * Masks the secret from now on, unless it has less than four characters; of one with several lines each of these too, as a
     * message may hold but one.
     */
    public void add(Secret secret) {
        String plain = secret.reveal();
        Stream.concat(Stream.of(plain), plain.lines().map(String::strip))
                .filter(text -> text.length() >= SHORTEST)
                .flatMap(text -> SecretForms.of(text).stream())
                .forEach(form -> forms.merge(begin(form.charAt(0)), List.of(form), Redactor::merged));
    }

    /** In whatever case it stands. */
    private static char begin(char first) {
        return Character.toLowerCase(Character.toUpperCase(first));
    }

    /** The text with {@code (secret)} in the place of each secret. */
    public String redact(String text) {
        if (forms.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder();
        int done = 0;
        // One pass: what a mask itself says is never masked again.
        for (int i = 0; i < text.length(); i++) {
            List<String> candidates = forms.get(begin(text.charAt(i)));
            String form = candidates == null ? "" : at(text, i, candidates);
            if (!form.isEmpty()) {
                masked.append(text, done, i).append(MASK);
                done = i + form.length();
                i = done - 1;
            }
        }
        return done == 0 ? text : masked.append(text, done, text.length()).toString();
    }

    /** Whether something in that text may stand for a secret. */
    public static boolean isMasked(String text) {
        return text.contains(MASK);
    }

    private static String at(String text, int place, List<String> candidates) {
        for (String form : candidates) {
            if (text.regionMatches(true, place, form, 0, form.length())) {
                return form;
            }
        }
        return "";
    }

    private static List<String> merged(List<String> known, List<String> added) {
        TreeSet<String> all = new TreeSet<>(LONGEST_FIRST);
        Stream.of(known, added).forEach(all::addAll);
        return List.copyOf(all);
    }
}
