package io.chartreuse.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL as rules see it: one text a statement, without comments and the content of literals, in lower case where PostgreSQL
 * folds, every gap one space. What stands in dollar quotes or in a {@code DO} is code: it is kept, its literals too,
 * because {@code EXECUTE} takes its SQL from there.
 */
public final class SqlStatements {

    private static final Pattern TAG = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    private final String sql;
    private final boolean code;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int at;

    private SqlStatements(String sql, boolean code) {
        this.sql = sql;
        this.code = code;
    }

    /** The statements of this text, in their order. */
    public static List<String> of(String sql) {
        return new SqlStatements(sql, false).read();
    }

    private List<String> read() {
        while (at < sql.length()) {
            next();
        }
        end();
        return statements;
    }

    private void next() {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            gapTo(indexOr("\n", at));
        } else if (sql.startsWith("/*", at)) {
            gapTo(endOfComment());
        } else if (c == '\'') {
            literal();
        } else if (c == '"') {
            quoted();
        } else if (c == '$' && !withinName()) {
            dollar();
        } else if (c == ';') {
            end();
            at++;
        } else if (Character.isWhitespace(c)) {
            gapTo(at + 1);
        } else {
            statement.append(Character.toLowerCase(c));
            at++;
        }
    }

    private int indexOr(String what, int from) {
        int index = sql.indexOf(what, from);
        return index < 0 ? sql.length() : index;
    }

    private void gapTo(int next) {
        if (!statement.isEmpty() && statement.charAt(statement.length() - 1) != ' ') {
            statement.append(' ');
        }
        at = next;
    }

    /** They nest, as in the standard. */
    private int endOfComment() {
        int depth = 1;
        int i = at + 2;
        while (i < sql.length() && depth > 0) {
            boolean opens = sql.startsWith("/*", i);
            boolean closes = sql.startsWith("*/", i);
            depth += opens ? 1 : closes ? -1 : 0;
            i += opens || closes ? 2 : 1;
        }
        return i;
    }

    private void literal() {
        boolean escapes = endsWith('e') && !nameBefore(at - 1);
        int end = endOfLiteral(escapes);
        String content = sql.substring(at + 1, Math.min(end, sql.length()));
        boolean kept =
                code || statement.length() >= 3 && statement.substring(0, 3).equals("do ");
        statement.append('\'').append(kept ? spaced(content) : "").append('\'');
        at = Math.min(end + 1, sql.length());
    }

    private boolean endsWith(char last) {
        return !statement.isEmpty() && statement.charAt(statement.length() - 1) == last;
    }

    private int endOfLiteral(boolean escapes) {
        int end = at + 1;
        while (end < sql.length() && (sql.charAt(end) != '\'' || sql.startsWith("''", end))) {
            boolean pair = sql.charAt(end) == '\'' || escapes && sql.charAt(end) == '\\';
            end += pair ? 2 : 1;
        }
        return end;
    }

    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private void quoted() {
        int end = indexOr("\"", at + 1);
        statement.append(sql, at, Math.min(end + 1, sql.length()));
        at = Math.min(end + 1, sql.length());
    }

    private void dollar() {
        Matcher tag = TAG.matcher(sql).region(at, sql.length());
        if (!tag.lookingAt()) {
            statement.append('$');
            at++;
            return;
        }
        int end = indexOr(tag.group(), tag.end());
        String body = sql.substring(tag.end(), end);
        statement
                .append("$$ ")
                .append(String.join("; ", new SqlStatements(body, true).read()))
                .append(" $$");
        at = Math.min(end + tag.group().length(), sql.length());
    }

    private boolean withinName() {
        return nameBefore(at);
    }

    private boolean nameBefore(int index) {
        return index > 0 && (Character.isLetterOrDigit(sql.charAt(index - 1)) || sql.charAt(index - 1) == '_');
    }

    private void end() {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }
}
