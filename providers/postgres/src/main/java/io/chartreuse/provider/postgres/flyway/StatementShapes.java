package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.sql.CopyRows;
import io.chartreuse.spi.sql.SqlNames;
import io.chartreuse.spi.sql.SqlQuote;
import io.chartreuse.spi.sql.SqlScanner;
import io.chartreuse.spi.sql.SqlTokens;
import io.chartreuse.spi.sql.StatementBounds;
import java.io.IOException;
import java.io.Reader;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The statements of a text as PostgreSQL splits it, each as a number that identifies it: computed from its words,
 * names, symbols and quotes, and from the content of literals unless a placeholder puts the time of day there. Reads
 * only as far as it is asked.
 */
final class StatementShapes implements SqlTokens {

    /**
     * Chosen anew for each process, so that an author of a migration cannot construct two statements with the same
     * number.
     */
    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    private final Reader in;
    private final boolean literals;
    private final SqlScanner scanner = new SqlScanner(this);
    private final StatementBounds bounds = new StatementBounds();
    private final Deque<Long> found = new ArrayDeque<>();
    private SqlQuote quote = SqlQuote.PLAIN;
    private long shape;
    private boolean empty = true;
    private boolean behindCopy;
    private boolean open;
    private boolean ended;
    private Optional<CopyRows> rows = Optional.empty();

    /** @param literals whether the content of literals counts */
    StatementShapes(Reader text, boolean literals) {
        this.in = text;
        this.literals = literals;
    }

    /** The shape of the next statement; empty after the last. */
    Optional<Long> next() throws IOException {
        while (found.isEmpty() && !ended) {
            int next = in.read();
            if (next < 0) {
                ended = true;
                open = scanner.end().isPresent();
                statement();
            } else {
                read((char) next);
            }
        }
        return Optional.ofNullable(found.poll());
    }

    /** Whether the text ends within a quote or a comment. Known at its end. */
    boolean isOpen() {
        return open;
    }

    private void read(char next) {
        if (rows.isPresent()) {
            rows = rows.filter(data -> !data.endWith(next));
            return;
        }
        scanner.read(next);
        if (behindCopy && next == '\n') {
            behindCopy = false;
            rows = Optional.of(new CopyRows());
        }
    }

    @Override
    public void word(String word) {
        bounds.word(word);
        add(SqlNames.folded(word));
        add(' ');
    }

    @Override
    public void symbol(char symbol) {
        if (bounds.ends(symbol)) {
            statement();
        } else {
            add(symbol);
        }
    }

    @Override
    public void gap() {
        // one or another
    }

    @Override
    public void open(SqlQuote opened, boolean continues) {
        bounds.quoted();
        quote = opened;
        add(opened.name());
    }

    @Override
    public void content(char character) {
        if (literals || quote.isName()) {
            add(character);
        }
    }

    @Override
    public void close() {
        add('"');
    }

    private void add(String text) {
        text.chars().forEach(character -> add((char) character));
    }

    private void add(char character) {
        shape = (shape ^ character) * FACTOR;
        shape ^= shape >>> 29;
        empty = false;
    }

    private void statement() {
        if (!empty) {
            found.add(shape);
        }
        empty = true;
        shape = 0;
        behindCopy = bounds.takesRows();
        bounds.reset();
    }
}
