package io.chartreuse.provider.postgres.flyway;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds where statements end in a script that is read part by part, and what is still open at its end. Knows quotes, dollar
 * quotes, comments and the rows of {@code COPY … FROM stdin}. Keeps nothing of the text. For one script.
 */
final class StatementScan {

    private static final Pattern COPY =
            Pattern.compile("\\s*COPY\\s.*\\bFROM\\s+STDIN\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** So much of a statement tells whether it is a COPY. */
    private static final int HEAD = 2048;

    /** What the next character belongs to. */
    private enum Part {
        SQL(""),
        LINE_COMMENT(""),
        COMMENT("comment (/*)"),
        QUOTE("quote (')"),
        QUOTE_END(""),
        NAME("quoted name (\")"),
        TAG(""),
        DOLLAR("dollar quote"),
        COPY_END_OF_LINE(""),
        ROWS("");

        private final String unended;

        Part(String unended) {
            this.unended = unended;
        }
    }

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tag = new StringBuilder();
    private Part part = Part.SQL;
    private char last = '\n';
    private char beforeLast = '\n';
    private boolean escapes;
    private boolean escaped;
    private boolean pairIsRead;
    private int depth;
    private int matched;
    private int column;
    private long position;
    private long end;
    private long rowsEnd;
    private int line = 1;
    private int openLine = 1;
    private int statementLine = 1;
    private Size longest = new Size(0, 1);

    /**
     * How large something is.
     *
     * @param characters of it
     * @param line       where it begins, from 1
     */
    record Size(long characters, int line) {}

    /** Goes on by these characters. */
    void read(char[] characters, int from, int to) {
        for (int i = from; i < to; i++) {
            read(characters[i]);
        }
    }

    private void read(char c) {
        position++;
        switch (part) {
            case SQL -> sql(c);
            case LINE_COMMENT -> part = c == '\n' ? Part.SQL : part;
            case COMMENT -> comment(c);
            case QUOTE -> quote(c);
            case QUOTE_END -> quoteEnd(c);
            case NAME -> part = c == '"' ? Part.SQL : part;
            case TAG -> tag(c);
            case DOLLAR -> dollar(c);
            case COPY_END_OF_LINE -> endOfCopy(c);
            case ROWS -> row(c);
        }
        if (c == '\n') {
            line++;
        }
        beforeLast = last;
        last = pairIsRead ? ' ' : c; // the second character of one pair is not the first of another
        pairIsRead = false;
    }

    private void sql(char c) {
        if (c == '\'') {
            escapes = (last == 'e' || last == 'E') && !isNamePart(beforeLast);
            open(Part.QUOTE);
        } else if (c == '"') {
            open(Part.NAME);
        } else if (c == '-' && last == '-') {
            part = Part.LINE_COMMENT;
            shortenHead();
            return;
        } else if (c == '*' && last == '/') {
            depth = 1;
            open(Part.COMMENT);
            pairIsRead = true;
            shortenHead();
            return;
        } else if (c == '$' && !isNamePart(last)) {
            tag.setLength(0);
            tag.append(c);
            open(Part.TAG);
        } else if (c == ';') {
            endStatement();
            return;
        }
        if (head.isEmpty() && !Character.isWhitespace(c)) {
            statementLine = line;
        }
        if (head.length() < HEAD && (!head.isEmpty() || !Character.isWhitespace(c))) {
            head.append(c);
        }
    }

    /** Takes the first character of a comment out again. */
    private void shortenHead() {
        head.setLength(Math.max(0, head.length() - 1));
    }

    private void open(Part opened) {
        part = opened;
        openLine = line;
    }

    private void comment(char c) {
        if (c == '*' && last == '/') {
            depth++;
            pairIsRead = true;
        } else if (c == '/' && last == '*') {
            depth--;
            pairIsRead = true;
            part = depth == 0 ? Part.SQL : part;
        }
    }

    private void quote(char c) {
        if (escaped) {
            escaped = false;
        } else if (escapes && c == '\\') {
            escaped = true;
        } else if (c == '\'') {
            part = Part.QUOTE_END;
        }
    }

    /** Two quotes in a row are one in the text. */
    private void quoteEnd(char c) {
        if (c == '\'') {
            part = Part.QUOTE;
        } else {
            part = Part.SQL;
            sql(c);
        }
    }

    private void tag(char c) {
        if (c == '$') {
            tag.append(c);
            matched = 0;
            part = Part.DOLLAR;
        } else if (isNamePart(c) && (tag.length() > 1 || !Character.isDigit(c))) {
            tag.append(c);
        } else {
            part = Part.SQL;
            sql(c);
        }
    }

    private void dollar(char c) {
        if (c == tag.charAt(matched)) {
            matched++;
        } else {
            matched = c == '$' ? 1 : 0;
        }
        if (matched == tag.length()) {
            part = Part.SQL;
        }
    }

    private void endStatement() {
        measure();
        end = position;
        if (COPY.matcher(head).matches()) {
            part = Part.COPY_END_OF_LINE;
        }
        head.setLength(0);
    }

    private void measure() {
        if (position - end > longest.characters()) {
            longest = new Size(position - end, statementLine);
        }
    }

    private void endOfCopy(char c) {
        if (c == '\n') {
            end = position;
            rowsEnd = position;
            column = 0;
            statementLine = line + 1;
            part = Part.ROWS;
        }
    }

    /** The line that ends them is {@code \.} alone. */
    private void row(char c) {
        if (c == '\n') {
            rowsEnd = position;
            if (column == 2) {
                measure();
                end = position;
                part = Part.SQL;
            }
            column = 0;
        } else if (column == 0 && c == '\\' || column == 1 && c == '.') {
            column++;
        } else if (column != 2 || c != '\r' && c != ' ' && c != '\t') {
            column = 3;
        }
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** How many characters were read. */
    long position() {
        return position;
    }

    /** The position behind the last statement that has ended, or behind the rows that followed it. */
    long end() {
        return end;
    }

    /** Whether rows of data are being read; they began at {@link #end}. */
    boolean inRows() {
        return part == Part.ROWS;
    }

    /** The position behind the last row. */
    long rowsEnd() {
        return rowsEnd;
    }

    /** The longest statement, or rows that follow one. Call it at the end. */
    Size longest() {
        measure();
        return longest;
    }

    /** What is not ended. Call it at the end. */
    Optional<OpenQuote> open() {
        String what = part == Part.DOLLAR ? part.unended + " (" + tag + ")" : part.unended;
        return what.isEmpty() ? Optional.empty() : Optional.of(new OpenQuote(what, openLine));
    }
}
