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

    private static final String EXECUTE = "execute";

    private static final Pattern COPY = Pattern.compile("^copy\\b.*\\bfrom stdin\\b");

    private static final Pattern END_OF_DATA = Pattern.compile("(?m)^\\\\\\.[ \\t]*\\r?$");

    /** A body in a language that is not read here. */
    private static final Pattern OTHER_LANGUAGE = Pattern.compile("\\blanguage (?!['\"]?(?:sql|plpgsql)\\b)");

    private static final Pattern BODY = Pattern.compile("\\$\\$ .* \\$\\$", Pattern.DOTALL);

    /** Hands SQL to another session, or changes what a backslash in a literal means. */
    private static final Pattern ELSEWHERE = Pattern.compile("\\bdblink(?:_exec|_send_query|_open)? ?\\("
            + "|\\bset (?:session |local )?standard_conforming_strings(?! ?(?:=|to) ?(?:on|true)\\b)");

    /** {@code EXECUTE} of a trigger, or the right to execute. */
    private static final Pattern NO_EXECUTE =
            Pattern.compile("(?:function|procedure|on)\\s+[\\p{L}_\"]", Pattern.CASE_INSENSITIVE);

    private static final Pattern LITERAL = Pattern.compile("e?'|" + TAG.pattern(), Pattern.CASE_INSENSITIVE);

    /** What may follow the literal that is executed. */
    private static final Pattern AFTER_EXECUTED = Pattern.compile(";|(?:into|using|loop)\\b", Pattern.CASE_INSENSITIVE);

    private final String sql;
    private final boolean code;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int at;
    private boolean dynamic;
    private boolean literalIsExecuted;
    private boolean executedBefore;
    private boolean bodyBefore;

    private SqlStatements(String sql, boolean code) {
        this.sql = sql;
        this.code = code;
    }

    /** The statements of this text, in their order. */
    public static List<String> of(String sql) {
        return read(sql).texts();
    }

    /** Reads this text. */
    static SqlStatements read(String sql) {
        return new SqlStatements(sql, false).read();
    }

    /** In their order. */
    List<String> texts() {
        return List.copyOf(statements);
    }

    /**
     * Whether they execute SQL that cannot be read from the text: {@code EXECUTE} of anything but a literal, a body in
     * another language or with escapes.
     */
    boolean isDynamic() {
        return dynamic;
    }

    private SqlStatements read() {
        while (at < sql.length()) {
            next();
        }
        end();
        return this;
    }

    private void next() {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            gapTo(endOfLine());
        } else if (sql.startsWith("/*", at)) {
            gapTo(endOfComment());
        } else if (Character.isWhitespace(c)) {
            gapTo(at + 1);
        } else {
            watch(c);
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\'') {
            literal();
        } else if (c == '"') {
            quoted();
        } else if (c == '$' && !withinName()) {
            dollar();
        } else if (c == ';') {
            end();
            at++;
        } else {
            statement.append(Character.toLowerCase(c));
            at++;
        }
    }

    /** Notices what is executed and no literal, or a literal that goes on in another one. */
    private void watch(char c) {
        if (executedBefore) {
            dynamic |= !looksAt(AFTER_EXECUTED);
        } else if (bodyBefore) {
            dynamic |= c == '\'';
        } else if (code && followsExecute(c) && !looksAt(NO_EXECUTE)) {
            literalIsExecuted = looksAt(LITERAL);
            dynamic |= !literalIsExecuted;
        }
        executedBefore = false;
        bodyBefore = false;
    }

    private boolean looksAt(Pattern pattern) {
        return pattern.matcher(sql).region(at, sql.length()).lookingAt();
    }

    private boolean followsExecute(char c) {
        boolean gap = endsWith(' ');
        int start = statement.length() - (gap ? 1 : 0) - EXECUTE.length();
        return start >= 0
                && (gap || !isNamePart(c))
                && statement.indexOf(EXECUTE, start) == start
                && (start == 0 || !isNamePart(statement.charAt(start - 1)));
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
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
        boolean body = isCode();
        boolean run = literalIsExecuted || body && !code;
        dynamic |= run && (escapes && content.contains("\\") || endsWith('&'));
        statement
                .append('\'')
                .append(body ? inner(content.replace("''", "'"), run) : "")
                .append('\'');
        at = Math.min(end + 1, sql.length());
        bodyBefore = run;
        executed();
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

    /** The SQL in a body or a literal of code, as if it stood by itself. @param run whether it is executed */
    private String inner(String content, boolean run) {
        SqlStatements inner = new SqlStatements(content, true).read();
        dynamic |= run && inner.dynamic;
        return String.join("; ", inner.statements);
    }

    private boolean isCode() {
        return code || CODE.matcher(statement).lookingAt();
    }

    private void executed() {
        executedBefore = literalIsExecuted;
        literalIsExecuted = false;
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
        String body = inner(sql.substring(tag.end(), end), isCode());
        statement.append("$$ ").append(body).append(" $$");
        at = Math.min(end + tag.group().length(), sql.length());
        executed();
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
            dynamic |= isElsewhere(text);
        }
        if (!code && COPY.matcher(text).find()) {
            at = endOfData();
        }
        statement.setLength(0);
    }

    private static boolean isElsewhere(String text) {
        return ELSEWHERE.matcher(text).find()
                || CODE.matcher(text).lookingAt()
                        && OTHER_LANGUAGE
                                .matcher(BODY.matcher(text).replaceAll(""))
                                .find();
    }
}
