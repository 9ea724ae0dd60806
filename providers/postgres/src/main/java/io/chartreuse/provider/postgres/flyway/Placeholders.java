package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.settings.FlywayOptions.PlaceholderStyle;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The placeholders of a text. Flyway replaces them everywhere, even in comments and strings. It notices a missing value
 * only when it migrates, and then only the first one.
 */
final class Placeholders {

    /** The placeholder whose value differs at every run. */
    static final String TIMESTAMP = "flyway:timestamp";

    /** The placeholder for this process's working directory: plans hold only its name. */
    static final String WORKING_DIRECTORY = "flyway:workingdirectory";

    private static final Pattern PLAIN_PATH = Pattern.compile("(?!.*--)[\\p{L}\\p{N}/._-]+");

    /** The placeholders that Flyway itself defines, in lower case. */
    static final Set<String> PROVIDED = Set.of(
            "flyway:defaultschema",
            "flyway:user",
            "flyway:database",
            TIMESTAMP,
            "flyway:filename",
            WORKING_DIRECTORY,
            "flyway:table",
            "flyway:environment");

    private final Pattern pattern;
    private final Map<String, String> values;

    /** @param values by name; case does not matter */
    Placeholders(Map<String, String> values) {
        this(values, PlaceholderStyle.DEFAULT);
    }

    /** @param style how they are written */
    Placeholders(Map<String, String> values, PlaceholderStyle style) {
        this.pattern = Pattern.compile(
                Pattern.quote(style.prefix()) + "(.*?)" + Pattern.quote(style.suffix()), Pattern.DOTALL);
        this.values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> key(entry.getKey()), Map.Entry::getValue));
    }

    /** One use of a placeholder; lines count from 1. */
    record Use(String name, int line) {}

    /** The placeholders without a value. */
    List<Use> missing(String text) {
        return uses(text).stream()
                .filter(use -> !PROVIDED.contains(key(use.name())) && !values.containsKey(key(use.name())))
                .toList();
    }

    /** Whether the text differs each time it runs. */
    boolean changesByItself(String text) {
        return uses(text).stream().anyMatch(use -> key(use.name()).equals(TIMESTAMP));
    }

    /** Whether the name of a placeholder that Flyway defines occurs anywhere in a text of any length; ignores case. */
    static boolean names(String provided, Reader text) throws IOException {
        int matched = 0;
        for (int next = text.read(); next >= 0 && matched < provided.length(); next = text.read()) {
            char letter = (char) Character.toLowerCase(next);
            boolean goesOn = letter == provided.charAt(matched);
            matched = goesOn ? matched + 1 : letter == provided.charAt(0) ? 1 : 0;
        }
        return matched == provided.length();
    }

    /**
     * Whether that path may replace a placeholder without changing how the SQL is read: it ends no quote and begins no
     * comment.
     */
    static boolean isPlain(String path) {
        return PLAIN_PATH.matcher(path).matches();
    }

    /** Replaces the placeholders that have a configured value. */
    String replaced(String text) {
        return values.isEmpty()
                ? text
                : pattern.matcher(text)
                        .replaceAll(
                                use -> Matcher.quoteReplacement(values.getOrDefault(key(use.group(1)), use.group())));
    }

    private List<Use> uses(String text) {
        List<Use> uses = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int line = 1;
        int counted = 0;
        while (matcher.find()) {
            line += lines(text, counted, matcher.start());
            counted = matcher.start();
            uses.add(new Use(matcher.group(1), line));
        }
        return uses;
    }

    /** The number of line ends between these positions. */
    static int lines(String text, int from, int to) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            lines += text.charAt(i) == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** Whether there is one. */
    boolean in(String text) {
        return pattern.matcher(text).find();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
