package io.chartreuse.provider.postgres.flyway;

import java.util.regex.Pattern;

/**
 * Whether a text is so plain that Flyway need not parse it to tell that it parses and runs in a transaction: nothing in it
 * but statements, strings and comments that are closed, and none of the words that might keep a statement out of a
 * transaction. Parsing is most of the time that planning with many pending migrations takes.
 */
final class PlainSql {

    /** Wherever they stand. Dollar quotes, psql's commands and data of COPY are for the parser, too. */
    private static final Pattern SPECIAL = Pattern.compile(
            "[$\\\\]|\\b(?:concurrently|vacuum|alter\\s+(?:system|type)|database|tablespace|subscription|discard"
                    + "|reindex|cluster|checkpoint|copy|atomic|partition)\\b",
            Pattern.CASE_INSENSITIVE);

    private final String text;
    private int at;

    private PlainSql(String text) {
        this.text = text;
    }

    static boolean is(String text) {
        return !SPECIAL.matcher(text).find() && new PlainSql(text).isClosed();
    }

    private boolean isClosed() {
        while (at < text.length()) {
            if (!pass(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Goes past a character and what it opens; false where that is not closed. */
    private boolean pass(char character) {
        return switch (character) {
            case '\'', '"' -> passTo(String.valueOf(character), 1);
            case '-' -> !text.startsWith("--", at) ? step() : passToEndOfLine();
            case '/' -> !text.startsWith("/*", at) ? step() : passComment();
            default -> step();
        };
    }

    private boolean step() {
        at++;
        return true;
    }

    private boolean passToEndOfLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
        return true;
    }

    /** A comment in a comment is for the parser. */
    private boolean passComment() {
        int inner = text.indexOf("/*", at + 2);
        int end = text.indexOf("*/", at + 2);
        return (inner < 0 || inner > end) && passTo("*/", 2);
    }

    private boolean passTo(String closing, int opening) {
        int end = text.indexOf(closing, at + opening);
        at = end + closing.length();
        return end >= 0;
    }
}
