package io.chartreuse.provider.postgres.flyway;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code .conf} file of a migration. Flyway replaces placeholders and environment variables in such a file before
 * it reads it. So only text that cannot hold one is accepted: then Chartreuse and Flyway read the same.
 *
 * @param encoding     of the migration; empty: the common one
 * @param placeholders whether {@code ${…}} is replaced in it; empty: as in all
 * @param others       whether it has other options
 */
record ScriptOptions(Optional<Charset> encoding, Optional<Boolean> placeholders, boolean others) {

    /** Without such a file. */
    static final ScriptOptions NONE = new ScriptOptions(Optional.empty(), Optional.empty(), false);

    private static final String ENCODING = "encoding";
    private static final String PLACEHOLDERS = "placeholderReplacement";

    /** True or false. */
    private static final Set<String> SWITCHES = Set.of(PLACEHOLDERS, "executeInTransaction");

    private static final Pattern SETTING = Pattern.compile("(\\w+)[ \\t]*[=:][ \\t]*([A-Za-z0-9._:-]+)");

    private static final Pattern COMMENT = Pattern.compile("[#!].*");

    private static final Pattern SWITCH = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);

    /** A line whose meaning is not certain, or that Flyway would refuse. */
    static final class Unclear extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        private Unclear(int line, String message) {
            super(message);
            this.line = line;
        }

        /** From 1. */
        int line() {
            return line;
        }
    }

    /**
     * Reads the options of a migration.
     *
     * @param text   of the {@code .conf} file
     * @param prefix that placeholders begin with
     * @throws IllegalArgumentException for an encoding that Java does not know
     */
    static ScriptOptions read(String text, String prefix) throws Unclear {
        Map<String, String> settings = new HashMap<>();
        int number = 0;
        for (String line : text.split("\r\n|[\r\n]", -1)) {
            number++;
            String unclear = unclear(line, prefix);
            if (!unclear.isEmpty()) {
                throw new Unclear(number, unclear);
            }
            Matcher setting = SETTING.matcher(line.trim());
            if (setting.matches()) {
                settings.put(setting.group(1), setting.group(2));
            }
        }
        return new ScriptOptions(
                Optional.ofNullable(settings.get(ENCODING)).map(Charset::forName),
                Optional.ofNullable(settings.get(PLACEHOLDERS)).map(Boolean::valueOf),
                !Set.of(ENCODING, PLACEHOLDERS).containsAll(settings.keySet()));
    }

    /** The problem of that line; empty where it has none. */
    private static String unclear(String written, String prefix) {
        String line = written.trim();
        if (line.contains("${") || line.contains(prefix)) {
            return "has a placeholder, and says something else each time that its value is another one";
        }
        if (line.contains("\\")) {
            return "has a backslash";
        }
        Matcher setting = SETTING.matcher(line);
        if (line.isEmpty() || COMMENT.matcher(line).matches()) {
            return "";
        } else if (!setting.matches()) {
            return "is not of the form key=value";
        } else if (SWITCHES.contains(setting.group(1))) {
            return SWITCH.matcher(setting.group(2)).matches() ? "" : "has neither true nor false for a value";
        }
        return setting.group(1).equals(ENCODING) ? "" : "has the unknown key " + setting.group(1);
    }
}
