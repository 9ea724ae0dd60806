package io.chartreuse.spi.sql;

/** How something is quoted. */
public enum SqlQuote {
    /** {@code '…'}, in which a backslash is a character as any other. */
    PLAIN(""),
    /** {@code E'…'}, in which a backslash escapes. */
    ESCAPES("E"),
    /** {@code U&'…'}, with characters by number. */
    UNICODE("U&"),
    /** {@code B'…'}. */
    BITS("B"),
    /** {@code X'…'}. */
    HEXADECIMAL("X"),
    /** {@code N'…'}. */
    NATIONAL("N"),
    /** {@code $tag$…$tag$}. */
    DOLLAR(""),
    /** {@code "…"}. */
    NAME(""),
    /** {@code U&"…"}, with characters by number. */
    UNICODE_NAME("U&");

    private final String prefix;

    SqlQuote(String prefix) {
        this.prefix = prefix;
    }

    /** What stands before the quote, in upper case. */
    public String prefix() {
        return prefix;
    }

    /** Whether it holds a name, and no value. */
    public boolean isName() {
        return this == NAME || this == UNICODE_NAME;
    }

    /** That of a quote after this word, which is its prefix or no part of it. */
    static SqlQuote after(String word) {
        return switch (word) {
            case "e", "E" -> ESCAPES;
            case "b", "B" -> BITS;
            case "x", "X" -> HEXADECIMAL;
            case "n", "N" -> NATIONAL;
            default -> PLAIN;
        };
    }
}
