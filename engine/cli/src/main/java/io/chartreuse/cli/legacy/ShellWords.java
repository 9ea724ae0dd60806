package io.chartreuse.cli.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a text into words as a POSIX shell does: quotes and backslashes, no expansion. For one text. */
final class ShellWords {

    private final String text;
    private final List<String> words = new ArrayList<>();
    /** Empty between words; a word of no characters ({@code ''}) is one. */
    private Optional<StringBuilder> word = Optional.empty();

    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /**
     * The words.
     *
     * @throws IllegalArgumentException where a quote is not closed, or nothing stands behind the last backslash
     */
    static List<String> split(String text) {
        return new ShellWords(text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> end();
                case '\'' -> literal();
                case '"' -> quoted();
                case '\\' -> add(next());
                default -> add(c);
            }
        }
        end();
        return List.copyOf(words);
    }

    private void literal() {
        open();
        for (char c = next(); c != '\''; c = next()) {
            add(c);
        }
    }

    private void quoted() {
        open();
        for (char c = next(); c != '"'; c = next()) {
            boolean escaped = c == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
            add(escaped ? next() : c);
        }
    }

    private char next() {
        if (at == text.length()) {
            throw new IllegalArgumentException("a quote is not closed, or a backslash stands at the end");
        }
        return text.charAt(at++);
    }

    private void open() {
        word = Optional.of(word.orElseGet(StringBuilder::new));
    }

    private void add(char c) {
        open();
        word.ifPresent(begun -> begun.append(c));
    }

    private void end() {
        word.ifPresent(whole -> words.add(whole.toString()));
        word = Optional.empty();
    }
}
