package io.chartreuse.provider.postgres.flyway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quote, dollar quote or comment of a script that is begun and never ended. Flyway takes everything to the end of the
 * file for one statement then, and only the server says so, half-way through a run. Pure.
 *
 * @param what what was begun, for people
 * @param line where, from 1
 */
record OpenQuote(String what, int line) {

    private static final Pattern DOLLAR = Pattern.compile("\\$([A-Za-z_\\x80-\\uFFFF][A-Za-z0-9_\\x80-\\uFFFF]*)?\\$");
    private static final Pattern COPY_DATA =
            Pattern.compile("COPY\\s[^;']*\\sFROM\\s+STDIN\\b[^;]*;[^\\n]*\\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern COPY_END = Pattern.compile("(?m)^\\\\\\.\\r?$");

    /** The first one that is open at the end of the text. */
    static Optional<OpenQuote> in(String sql) {
        return new Scan(sql).open();
    }

    /** Reads a script from one quote to the next. */
    private static final class Scan {

        private final String sql;
        private int at;

        private Scan(String sql) {
            this.sql = sql;
        }

        private Optional<OpenQuote> open() {
            while (at < sql.length()) {
                int start = at;
                String unended = step();
                if (!unended.isEmpty()) {
                    return Optional.of(new OpenQuote(unended, line(start)));
                }
            }
            return Optional.empty();
        }

        /** Goes on by one thing; what it is where that has no end, and else nothing. */
        private String step() {
            char character = sql.charAt(at);
            if (character == '\'') {
                return quote('\'', escapes(), "quote (')");
            } else if (character == '"') {
                return quote('"', false, "quoted name (\")");
            } else if (sql.startsWith("--", at)) {
                skipTo(sql.indexOf('\n', at));
                return "";
            } else if (sql.startsWith("/*", at)) {
                return comment();
            } else if (character == '$' && !isPartOfName(at - 1)) {
                return dollar();
            } else if ((character == 'c' || character == 'C') && !isPartOfName(at - 1)) {
                copyData();
                return "";
            }
            at++;
            return "";
        }

        private String quote(char mark, boolean escapes, String what) {
            for (at++; at < sql.length(); at++) {
                char character = sql.charAt(at);
                if (escapes && character == '\\') {
                    at++;
                } else if (character == mark) {
                    at++;
                    return "";
                }
            }
            return what;
        }

        /** {@code E'it\'s'}: only there does a backslash escape. */
        private boolean escapes() {
            return at > 0 && "eE".indexOf(sql.charAt(at - 1)) >= 0 && !isPartOfName(at - 2);
        }

        private String comment() {
            int depth = 0;
            while (at < sql.length()) {
                if (sql.startsWith("/*", at)) {
                    depth++;
                    at += 2;
                } else if (sql.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
                if (depth == 0) {
                    return "";
                }
            }
            return "comment (/*)";
        }

        private String dollar() {
            Matcher tag = DOLLAR.matcher(sql).region(at, sql.length());
            if (!tag.lookingAt()) {
                at++;
                return "";
            }
            int end = sql.indexOf(tag.group(), tag.end());
            skipTo(end < 0 ? end : end + tag.group().length());
            return end < 0 ? "dollar quote (" + tag.group() + ")" : "";
        }

        /** Rows that follow their COPY are no SQL: a lone quote in them is nothing. */
        private void copyData() {
            Matcher copy = COPY_DATA.matcher(sql).region(at, sql.length());
            if (!copy.lookingAt()) {
                at++;
                return;
            }
            Matcher end = COPY_END.matcher(sql).region(copy.end(), sql.length());
            skipTo(end.find() ? end.end() : -1);
        }

        private void skipTo(int position) {
            at = position < 0 ? sql.length() : position;
        }

        private boolean isPartOfName(int position) {
            return position >= 0
                    && (Character.isLetterOrDigit(sql.charAt(position))
                            || sql.charAt(position) == '_'
                            || sql.charAt(position) == '$');
        }

        private int line(int position) {
            return 1
                    + (int) sql.substring(0, position)
                            .chars()
                            .filter(character -> character == '\n')
                            .count();
        }
    }
}
