package io.chartreuse.provider.postgres.flyway;

import java.util.regex.Pattern;

/**
 * Whether a text is so simple that it certainly parses and runs in a transaction, so that Flyway need not parse it: it
 * has only statements, closed strings and closed comments, and none of the words that might keep a statement out of a
 * transaction. With many pending migrations, parsing takes most of the time of a plan.
 */
final class PlainSql {

    /**
     * Words and signs that need the parser, wherever they occur: also dollar quotes, psql's commands and data of COPY.
     */
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

    /** Skips a character and the quote or comment that it opens; false where that is not closed. */
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

    /** Leaves nested comments to the parser. */
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
