package io.chartreuse.spi.sql;

/** Receives what {@link SqlScanner} finds, in order. */
public interface SqlTokens {

    /** A name or a keyword without quotes, as it is written. */
    void word(String word);

    /** One character of a number, an operator or anything else. */
    void symbol(char symbol);

    /** A blank, or a comment. */
    void gap();

    /**
     * Something quoted begins.
     *
     * @param continues whether it goes on with the literal before it, which ended in an earlier line
     */
    void open(SqlQuote quote, boolean continues);

    /** A character of what is quoted, as it is written; a doubled quote is handed over once. */
    void content(char character);

    /** What is quoted ends. */
    void close();
}
