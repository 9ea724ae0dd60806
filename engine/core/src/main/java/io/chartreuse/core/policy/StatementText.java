package io.chartreuse.core.policy;

import java.util.regex.Pattern;

/** One statement while it is written: every gap one space, none around the dots of a name, and one wherever words would run together. */
final class StatementText {

    /** Belongs to the digit before it: {@code 1e5}, {@code 0xff}, {@code 1_000}. */
    private static final Pattern OF_NUMBER = Pattern.compile("e[0-9]*|x[0-9a-f_]*|o[0-7_]*|b[01_]*|_[0-9_]+");

    /** What the last token was. */
    private enum Last {
        NONE,
        WORD,
        NAME,
        LITERAL,
        DIGIT,
        DOT,
        SYMBOL
    }

    private final StringBuilder text = new StringBuilder();
    private Last last = Last.NONE;
    private boolean gap;

    void gap() {
        gap = true;
    }

    void word(String word) {
        boolean ofNumber = last == Last.DIGIT && !gap && OF_NUMBER.matcher(word).matches();
        between(!ofNumber && last != Last.SYMBOL && last != Last.DOT && last != Last.NONE);
        text.append(word);
        last = Last.WORD;
    }

    void name(String name) {
        between(last == Last.WORD || last == Last.NAME || last == Last.LITERAL || last == Last.DIGIT);
        text.append(name);
        last = Last.NAME;
    }

    void literal(String literal) {
        between(last == Last.WORD || last == Last.NAME || last == Last.LITERAL || last == Last.DIGIT);
        text.append(literal);
        last = Last.LITERAL;
    }

    void symbol(char symbol) {
        boolean named = last == Last.WORD || last == Last.NAME;
        if (symbol == '.' && named) {
            gap = false;
            last = Last.DOT;
        } else {
            between(last == Last.LITERAL && symbol >= '0' && symbol <= '9');
            last = symbol >= '0' && symbol <= '9' ? Last.DIGIT : Last.SYMBOL;
        }
        text.append(symbol);
    }

    private void between(boolean needed) {
        boolean joins = last == Last.DOT;
        if ((gap || needed) && !joins && !text.isEmpty()) {
            text.append(' ');
        }
        gap = false;
    }

    String end() {
        String ended = text.toString();
        text.setLength(0);
        last = Last.NONE;
        gap = false;
        return ended;
    }
}
