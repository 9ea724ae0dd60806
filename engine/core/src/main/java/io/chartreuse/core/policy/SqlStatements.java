package io.chartreuse.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL as rules see it: one text a statement, without comments and the content of literals, in lower case where PostgreSQL
 * folds, every gap one space. What stands in dollar quotes, in a {@code DO} or a function is code: it is kept, its literals too,
 * because {@code EXECUTE} takes its SQL from there.
 */
public final class SqlStatements {

    private static final Pattern TAG = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    /** Statements whose literals are code. */
    private static final Pattern CODE = Pattern.compile("(do|create (or replace )?(function|procedure)) ");

    private static final Pattern COPY = Pattern.compile("^copy\\b.*\\bfrom stdin\\b");

    private static final Pattern END_OF_DATA = Pattern.compile("(?m)^\\\\\\.[ \\t]*\\r?$");

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
            gapTo(endOfLine());
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

    /** PostgreSQL ends a line at a carriage return, too: what follows it is no comment any more. */
    private int endOfLine() {
        return Math.min(indexOr("\n", at), indexOr("\r", at));
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
        if (nameBefore(at) && !isPrefix()) {
            gapTo(at); // DO'…'
        }
        boolean escapes = endsWith('e') && !nameBefore(at - 1);
        int end = endOfLiteral(escapes);
        String content = sql.substring(at + 1, Math.min(end, sql.length()));
        boolean kept = code || CODE.matcher(statement).lookingAt();
        statement.append('\'').append(kept ? inner(content) : "").append('\'');
        at = Math.min(end + 1, sql.length());
    }

    /** Whether a letter before a literal belongs to it: {@code E'…'}. */
    private boolean isPrefix() {
        return !nameBefore(at - 1) && "ebxnEBXN".indexOf(sql.charAt(at - 1)) >= 0;
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

    /** The SQL in a literal of code, as if it stood by itself. */
    private static String inner(String content) {
        return String.join("; ", new SqlStatements(content.replace("''", "'"), true).read());
    }

    private void quoted() {
        if (nameBefore(at)) {
            gapTo(at); // DROP"column"
        }
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

    /** Lines of data are no SQL, and may hold a single quote. The line that ends them is {@code \.} alone. */
    private int endOfData() {
        Matcher end = END_OF_DATA.matcher(sql).region(Math.min(at, sql.length()), sql.length());
        return end.find() ? end.end() - 1 : at;
    }

    private void end() {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        if (!code && COPY.matcher(text).find()) {
            at = endOfData();
        }
        statement.setLength(0);
    }
}
