package io.chartreuse.provider.postgres.flyway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a script as PostgreSQL splits it, each with the words that tell what it is: without comments, without
 * what literals hold, in upper case where PostgreSQL folds. Reads the script once and keeps little of it.
 */
final class TopLevelStatements {

    /** More than it takes to tell what a statement is. */
    private static final int LONGEST = 8_000;

    /** Of the code of a function or of a DO block. */
    private static final int LONGEST_CODE = 1_000_000;

    /** Enough for a person to recognize a statement. */
    private static final int LONGEST_SHOWN = 200;

    private static final int LOOK_AHEAD = 2;
    private static final Pattern COPY = Pattern.compile("COPY\\b.*\\bFROM STDIN\\b.*");
    private static final Pattern ROUTINE = Pattern.compile("CREATE (OR REPLACE )?(FUNCTION|PROCEDURE) .*");
    private static final Pattern CODE = Pattern.compile(
            "DO( LANGUAGE [^ ]+)?( ?(E|N|U&)?'')* ?(E|N|U&)?|CREATE (OR REPLACE )?(FUNCTION|PROCEDURE) .*");
    private static final Pattern ESCAPING = Pattern.compile(".*(?<![\\w$])(E|U&)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern CONTINUING = Pattern.compile(".*' ?");
    private static final Pattern LAST_WORD = Pattern.compile("([\\w$]+)$", Pattern.UNICODE_CHARACTER_CLASS);

    private final PushbackReader in;
    private final Consumer<Found> consumer;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder code = new StringBuilder();
    private int line = 1;
    private int start = 0;
    private int parentheses;
    private int blocks;
    private boolean escapes;
    private boolean readable = true;

    private TopLevelStatements(Reader in, Consumer<Found> consumer) {
        this.in = new PushbackReader(new BufferedReader(in), LOOK_AHEAD);
        this.consumer = consumer;
    }

    /**
     * One statement.
     *
     * @param line where it starts, from 1
     * @param text what tells what it is: {@code CREATE INDEX CONCURRENTLY i ON t (a)}
     * @param shown the beginning of the same as it is written, for people; without what literals hold
     * @param code what stands in the quotes of a function or of a DO block, as it is written
     * @param readable whether that is what the server reads; with escapes in it, it is not
     */
    record Found(int line, String text, String shown, String code, boolean readable) {
        Found {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(code, "code");
        }
    }

    /** Hands over each statement of a script, in order. */
    static void read(Reader script, Consumer<Found> consumer) throws IOException {
        new TopLevelStatements(script, consumer).read();
    }

    private void read() throws IOException {
        for (int next = take(); next >= 0; next = take()) {
            step((char) next);
        }
        end();
    }

    private void step(char character) throws IOException {
        if (character == '-' && follows('-')) {
            gap();
            skipLine();
        } else if (character == '/' && follows('*')) {
            gap();
            skipComment();
        } else if (character == '\'') {
            begin();
            literal();
        } else if (character == '"') {
            begin();
            name();
        } else if (character == '$' && !afterWord()) {
            begin();
            dollar();
        } else if (Character.isWhitespace(character) || character == '\uFEFF') {
            gap();
        } else {
            plain(character);
        }
    }

    private void plain(char character) throws IOException {
        if (!isOfWord(character)) {
            word();
        }
        if (character == ';' && parentheses == 0 && blocks == 0) {
            end();
            return;
        }
        begin();
        parentheses = Math.max(0, parentheses + (character == '(' ? 1 : character == ')' ? -1 : 0));
        folded(character);
    }

    private void begin() {
        if (text.isEmpty()) {
            start = line;
        }
    }

    private void gap() {
        word();
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
            append(' ');
        }
    }

    /** A word has ended: the body of a function in standard SQL is one statement, whatever semicolons it has. */
    private void word() {
        boolean opens = blocks == 0 && endsWith("ATOMIC");
        if (!opens && blocks == 0 || text.isEmpty() || !isOfWord(text.charAt(text.length() - 1))) {
            return;
        }
        Matcher last = LAST_WORD.matcher(tail());
        String word = last.find() ? last.group(1) : "";
        if (opens && word.equals("ATOMIC") && endsWith("BEGIN ATOMIC") && isRoutine()) {
            blocks = 1;
        } else if (blocks > 0 && word.equals("CASE")) {
            blocks++;
        } else if (blocks > 0 && word.equals("END")) {
            blocks--;
        }
    }

    private boolean endsWith(String end) {
        return text.length() >= end.length()
                && text.charAt(text.length() - 1) == end.charAt(end.length() - 1)
                && text.substring(text.length() - end.length()).equals(end);
    }

    private boolean isRoutine() {
        return ROUTINE.matcher(text).lookingAt();
    }

    private String tail() {
        return text.substring(Math.max(0, text.length() - 64));
    }

    /** Past the longest only the end is kept, which the words of a body are told by. */
    private void append(char character) {
        show(character);
        tell(character);
    }

    /** PostgreSQL folds what is not quoted, to lower case; here it is told by upper case. */
    private void folded(char character) {
        show(character);
        tell(Character.toUpperCase(character));
    }

    private void show(char character) {
        if (shown.length() < LONGEST_SHOWN) {
            shown.append(character);
        }
    }

    private void tell(char character) {
        text.append(character);
        if (text.length() > LONGEST) {
            text.delete(LONGEST / 2, LONGEST / 2 + LONGEST / 4);
        }
    }

    private void end() throws IOException {
        String found = text.toString().strip();
        if (!found.isEmpty()) {
            consumer.accept(new Found(start, found, shown.toString().strip(), code.toString(), readable));
        }
        text.setLength(0);
        shown.setLength(0);
        code.setLength(0);
        parentheses = 0;
        blocks = 0;
        readable = true;
        if (COPY.matcher(found).matches()) {
            skipData();
        }
    }

    private void literal() throws IOException {
        escapes = isEscaped();
        boolean kept = isCode();
        boolean language = tail().endsWith("LANGUAGE ");
        append('\'');
        for (int next = take(); next >= 0; next = take()) {
            if (next == '\'' && !follows('\'')) {
                break;
            }
            if (escapes && next == '\\') {
                readable &= !kept;
                take();
            }
            keep(kept, (char) next);
            if (language) {
                folded((char) next);
            }
        }
        append('\'');
    }

    /** By an E before it, or before the literal that it continues. With U& a backslash hides no quote, but is no text either. */
    private boolean isEscaped() {
        String before = tail();
        boolean unicode = before.endsWith("U&");
        readable &= !unicode || !isCode();
        return CONTINUING.matcher(before).matches()
                ? escapes
                : !unicode && ESCAPING.matcher(before).matches();
    }

    private void name() throws IOException {
        append('"');
        for (int next = take(); next >= 0; next = take()) {
            append((char) next);
            if (next == '"') {
                return;
            }
        }
    }

    private void dollar() throws IOException {
        StringBuilder tag = new StringBuilder("$");
        int next = take();
        while (next >= 0 && next != '$' && isOfWord((char) next)) {
            tag.append((char) next);
            next = take();
        }
        boolean quotes = next == '$' && (tag.length() == 1 || !Character.isDigit(tag.charAt(1)));
        if (!quotes) {
            giveBack(next);
            tag.chars().forEach(character -> folded((char) character));
            return;
        }
        String end = tag.append('$').toString();
        boolean kept = isCode();
        append('$');
        body(end, kept);
        append('$');
    }

    /** To the same tag again. */
    private void body(String end, boolean kept) throws IOException {
        StringBuilder last = new StringBuilder();
        for (int next = take(); next >= 0; next = take()) {
            last.append((char) next);
            if (last.length() > end.length()) {
                keep(kept, last.charAt(0));
                last.deleteCharAt(0);
            }
            if (next == '$' && end.contentEquals(last)) {
                return;
            }
        }
    }

    private boolean isCode() {
        return CODE.matcher(text).matches();
    }

    private void keep(boolean kept, char character) {
        if (kept && code.length() < LONGEST_CODE) {
            code.append(character);
        }
    }

    private void skipLine() throws IOException {
        for (int next = take(); next >= 0 && next != '\n' && next != '\r'; next = take()) {
            continue;
        }
    }

    /** They nest. */
    private void skipComment() throws IOException {
        int depth = 1;
        for (int next = take(); next >= 0; next = take()) {
            if (next == '/' && follows('*')) {
                depth++;
            } else if (next == '*' && follows('/')) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /** The rows of a COPY, to the line that holds {@code \.} alone. */
    private void skipData() throws IOException {
        skipLine();
        StringBuilder row = new StringBuilder();
        for (int next = take(); next >= 0; next = take()) {
            if (next == '\n') {
                if (row.toString().strip().equals("\\.")) {
                    return;
                }
                row.setLength(0);
            } else if (row.length() < 4) {
                row.append((char) next);
            }
        }
    }

    /** Takes the next character where it is that one. */
    private boolean follows(char expected) throws IOException {
        int next = take();
        if (next != expected) {
            giveBack(next);
            return false;
        }
        return true;
    }

    private int take() throws IOException {
        int next = in.read();
        if (next == '\n') {
            line++;
        }
        return next;
    }

    private void giveBack(int character) throws IOException {
        if (character >= 0) {
            in.unread(character);
            if (character == '\n') {
                line--;
            }
        }
    }

    private boolean afterWord() {
        return !text.isEmpty() && isOfWord(text.charAt(text.length() - 1));
    }

    private static boolean isOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$' || character > 0x7F;
    }
}
