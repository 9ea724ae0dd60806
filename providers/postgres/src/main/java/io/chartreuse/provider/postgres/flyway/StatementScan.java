package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.sql.CopyRows;
import io.chartreuse.spi.sql.SqlQuote;
import io.chartreuse.spi.sql.SqlScanner;
import io.chartreuse.spi.sql.SqlTokens;
import io.chartreuse.spi.sql.StatementBounds;
import io.chartreuse.spi.sql.Unended;
import java.util.Optional;

/**
 * Finds the ends of statements in a script that is read in parts, and what is still open at its end. Includes the rows
 * of {@code COPY … FROM stdin}. Keeps no text. For one script.
 */
final class StatementScan implements SqlTokens {

    private final SqlScanner scanner = new SqlScanner(this);
    private final StatementBounds bounds = new StatementBounds();
    private Optional<CopyRows> rows = Optional.empty();
    private boolean behindCopy;
    private boolean empty = true;
    private long position;
    private long end;
    private long rowsEnd;
    private int lines;
    private int statementLine = 1;
    private Size longest = new Size(0, 1);

    /**
     * The size of a statement or of rows.
     *
     * @param characters of it
     * @param line       where it begins, from 1
     */
    record Size(long characters, int line) {}

    /** The first quote or comment that a text begins and never ends. */
    static Optional<Unended> open(CharSequence sql) {
        StatementScan scan = new StatementScan();
        sql.chars().forEach(character -> scan.read((char) character));
        return scan.open();
    }

    /** Reads these characters. */
    void read(char[] characters, int from, int to) {
        for (int i = from; i < to; i++) {
            read(characters[i]);
        }
    }

    private void read(char c) {
        position++;
        if (rows.isPresent()) {
            row(c);
            return;
        }
        scanner.read(c);
        if (behindCopy && c == '\n') {
            beginRows();
        }
    }

    private void beginRows() {
        behindCopy = false;
        rows = Optional.of(new CopyRows());
        end = position;
        rowsEnd = position;
        statementLine = lines + scanner.lines();
    }

    private void row(char c) {
        if (c == '\n') {
            lines++;
            rowsEnd = position;
        }
        if (rows.orElseThrow().endWith(c)) {
            measure();
            end = position;
            empty = true;
            rows = Optional.empty();
        }
    }

    @Override
    public void word(String word) {
        token();
        bounds.word(word);
    }

    @Override
    public void symbol(char symbol) {
        if (bounds.ends(symbol)) {
            endStatement();
        } else {
            token();
        }
    }

    @Override
    public void gap() {
        // not needed
    }

    @Override
    public void open(SqlQuote quote, boolean continues) {
        token();
        bounds.quoted();
    }

    @Override
    public void content(char character) {
        // not needed
    }

    @Override
    public void close() {
        // not needed
    }

    private void token() {
        if (empty) {
            statementLine = lines + scanner.line();
            empty = false;
        }
    }

    private void endStatement() {
        measure();
        end = position;
        empty = true;
        behindCopy = bounds.takesRows();
        bounds.reset();
    }

    private void measure() {
        if (position - end > longest.characters()) {
            longest = new Size(position - end, statementLine);
        }
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
        return rows.isPresent();
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

    /** The quote or comment that is still open, its line counted in the whole script. Call it once, at the end. */
    Optional<Unended> open() {
        return scanner.end().map(open -> new Unended(open.what(), lines + open.line()));
    }
}
