package io.chartreuse.spi.sql;

import java.util.Optional;

/**
 * Splits SQL into what PostgreSQL's scanner splits it into, with {@code standard_conforming_strings} on: words, symbols, quoted
 * things and gaps. Takes one character after the other and keeps none but those of the word that it is in. For one text.
 */
public final class SqlScanner {

    /** What the next character belongs to. */
    private enum Part {
        SQL(""),
        WORD(""),
        UNICODE_PREFIX(""),
        DASH(""),
        SLASH(""),
        TAG(""),
        LINE_COMMENT(""),
        COMMENT("comment (/*)"),
        QUOTED("quote (')"),
        ESCAPED("quote (')"),
        QUOTE_END(""),
        DOLLAR("dollar quote");

        private final String unended;

        Part(String unended) {
            this.unended = unended;
        }
    }

    private final SqlTokens tokens;
    private final StringBuilder word = new StringBuilder();
    private final StringBuilder tag = new StringBuilder();
    private Part part = Part.SQL;
    private SqlQuote quote = SqlQuote.PLAIN;
    private Optional<SqlQuote> continued = Optional.empty();
    private boolean lineEnded;
    private boolean afterDigit;
    private boolean wordAfterDigit;
    private boolean certain = true;
    private char last;
    private int depth;
    private int matched;
    private int line = 1;
    private int tokenLine = 1;

    public SqlScanner(SqlTokens tokens) {
        this.tokens = tokens;
    }

    /** Goes on by a text. */
    public void read(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i));
        }
    }

    /** Goes on by one character. */
    public void read(char c) {
        certain &= c != 0;
        switch (part) {
            case SQL -> sql(c);
            case WORD -> word(c);
            case UNICODE_PREFIX -> unicodePrefix(c);
            case DASH -> dash(c);
            case SLASH -> slash(c);
            case TAG -> tag(c);
            case LINE_COMMENT -> lineComment(c);
            case COMMENT -> comment(c);
            case QUOTED -> quoted(c);
            case ESCAPED -> escaped(c);
            case QUOTE_END -> quoteEnd(c);
            case DOLLAR -> dollar(c);
        }
        if (c == '\n') {
            line++;
        }
    }

    private void sql(char c) {
        if (isBlank(c)) {
            blank(c);
        } else if (c == '-' || c == '/') {
            begin(c == '-' ? Part.DASH : Part.SLASH);
        } else if (c == '\'' || c == '"') {
            begin(Part.SQL);
            open(c == '"' ? SqlQuote.NAME : SqlQuote.PLAIN);
        } else if (c == '$') {
            begin(Part.TAG);
            tag.setLength(0);
        } else if (isNameStart(c)) {
            begin(Part.WORD);
            wordAfterDigit = afterDigit;
            word.append(c);
        } else {
            begin(Part.SQL);
            symbol(c);
        }
    }

    private void begin(Part begun) {
        part = begun;
        tokenLine = line;
    }

    private void blank(char c) {
        lineEnded |= isLineEnd(c);
        afterDigit = false;
        tokens.gap();
    }

    private void symbol(char c) {
        continued = Optional.empty();
        afterDigit = c >= '0' && c <= '9';
        tokens.symbol(c);
    }

    private void word(char c) {
        if (isNamePart(c)) {
            word.append(c);
        } else if (c == '\'' && SqlQuote.after(word.toString()) != SqlQuote.PLAIN) {
            SqlQuote prefixed = SqlQuote.after(word.toString());
            word.setLength(0);
            continued = Optional.empty();
            open(prefixed);
        } else if (c == '&' && word.length() == 1 && (word.charAt(0) == 'u' || word.charAt(0) == 'U')) {
            part = Part.UNICODE_PREFIX;
        } else {
            endWord();
            sql(c);
        }
    }

    /** What servers of before PostgreSQL 15 read otherwise: they end a number where a later one sees an error. */
    private void endWord() {
        String ended = word.toString();
        certain &= !wordAfterDigit || ended.indexOf('$') < 0;
        word.setLength(0);
        part = Part.SQL;
        continued = Optional.empty();
        afterDigit = false;
        tokens.word(ended);
    }

    private void unicodePrefix(char c) {
        if (c == '\'' || c == '"') {
            word.setLength(0);
            continued = Optional.empty();
            open(c == '"' ? SqlQuote.UNICODE_NAME : SqlQuote.UNICODE);
        } else {
            endWord();
            symbol('&');
            sql(c);
        }
    }

    private void dash(char c) {
        if (c == '-') {
            part = Part.LINE_COMMENT;
            tokens.gap();
        } else {
            part = Part.SQL;
            symbol('-');
            sql(c);
        }
    }

    private void slash(char c) {
        if (c == '*') {
            part = Part.COMMENT;
            depth = 1;
            last = ' ';
            continued = Optional.empty();
            tokens.gap();
        } else {
            part = Part.SQL;
            symbol('/');
            sql(c);
        }
    }

    private void lineComment(char c) {
        if (isLineEnd(c)) {
            part = Part.SQL;
            sql(c);
        }
    }

    /** They nest. The second character of one pair is not the first of another. */
    private void comment(char c) {
        boolean opens = last == '/' && c == '*';
        boolean closes = last == '*' && c == '/';
        depth += opens ? 1 : closes ? -1 : 0;
        last = opens || closes ? ' ' : c;
        if (depth == 0) {
            part = Part.SQL;
            afterDigit = false;
        }
    }

    private void open(SqlQuote opened) {
        boolean continues = opened == SqlQuote.PLAIN && lineEnded && continued.isPresent();
        quote = continues ? continued.get() : opened;
        continued = Optional.empty();
        afterDigit = false;
        part = Part.QUOTED;
        tokens.open(quote, continues);
    }

    private void quoted(char c) {
        if (c == (quote.isName() ? '"' : '\'')) {
            part = Part.QUOTE_END;
        } else {
            part = c == '\\' && quote == SqlQuote.ESCAPES ? Part.ESCAPED : Part.QUOTED;
            tokens.content(c);
        }
    }

    private void escaped(char c) {
        part = Part.QUOTED;
        tokens.content(c);
    }

    private void quoteEnd(char c) {
        if (c == (quote.isName() ? '"' : '\'')) {
            part = Part.QUOTED;
            tokens.content(c);
        } else {
            close(quote.isName() ? Optional.empty() : Optional.of(quote));
            sql(c);
        }
    }

    private void close(Optional<SqlQuote> continuing) {
        part = Part.SQL;
        continued = continuing;
        lineEnded = false;
        tokens.close();
    }

    private void tag(char c) {
        if (c == '$') {
            tag.insert(0, '$').append('$');
            part = Part.DOLLAR;
            matched = 0;
            quote = SqlQuote.DOLLAR;
            continued = Optional.empty();
            afterDigit = false;
            tokens.open(quote, false);
        } else if (tag.isEmpty() ? isNameStart(c) : isNamePart(c)) {
            tag.append(c);
        } else {
            noTag();
            read(c);
            line -= c == '\n' ? 1 : 0; // who called counts it, too
        }
    }

    /** The dollar sign stands alone; what follows it is read as anything else. */
    private void noTag() {
        part = Part.SQL;
        symbol('$');
        if (!tag.isEmpty()) {
            part = Part.WORD;
            wordAfterDigit = false;
            word.append(tag);
        }
    }

    private void dollar(char c) {
        if (c == tag.charAt(matched)) {
            matched++;
            if (matched == tag.length()) {
                close(Optional.empty());
            }
            return;
        }
        for (int i = 0; i < matched; i++) {
            tokens.content(tag.charAt(i));
        }
        matched = c == '$' ? 1 : 0;
        if (matched == 0) {
            tokens.content(c);
        }
    }

    /** The text is at its end. @return what it leaves open */
    public Optional<Unended> end() {
        Optional<Unended> open = unended();
        switch (part) {
            case WORD -> endWord();
            case UNICODE_PREFIX -> {
                endWord();
                symbol('&');
            }
            case DASH -> symbol('-');
            case SLASH -> symbol('/');
            case TAG -> {
                noTag();
                if (part == Part.WORD) {
                    endWord();
                }
            }
            case QUOTED, ESCAPED, QUOTE_END, DOLLAR -> close(Optional.empty());
            default -> part = Part.SQL;
        }
        return open;
    }

    private Optional<Unended> unended() {
        String what = part.unended;
        if (part == Part.QUOTED && quote.isName()) {
            what = "quoted name (\")";
        } else if (part == Part.DOLLAR) {
            what += " (" + tag + ")";
        }
        return what.isEmpty() ? Optional.empty() : Optional.of(new Unended(what, tokenLine));
    }

    /** The line where what is handed over begins, from 1. */
    public int line() {
        return tokenLine;
    }

    /** The line that is being read, from 1. */
    public int lines() {
        return line;
    }

    /** Whether what follows is neither in quotes nor in a comment. */
    public boolean isBetweenTokens() {
        return part == Part.SQL;
    }

    /** Whether servers of all versions read it like this. */
    public boolean isCertain() {
        return certain;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** Other blanks of Unicode are parts of names. */
    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    /** A dollar sign, too, that belongs to no tag. */
    private boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9' || c == '$' && part == Part.WORD;
    }
}
