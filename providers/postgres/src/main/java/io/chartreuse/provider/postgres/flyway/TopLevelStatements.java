package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.sql.CopyRows;
import io.chartreuse.spi.sql.SqlQuote;
import io.chartreuse.spi.sql.SqlScanner;
import io.chartreuse.spi.sql.SqlTokens;
import io.chartreuse.spi.sql.StatementBounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The statements of a script as PostgreSQL splits it, each with the words that identify its kind: without comments and
 * the content of literals, in upper case where PostgreSQL ignores case. Reads the script once and keeps little of it.
 */
final class TopLevelStatements implements SqlTokens {

    /** Enough to identify a statement's kind. */
    private static final int LONGEST = 8_000;

    /** The limit for the code of a function or of a DO block. */
    private static final int LONGEST_CODE = 1_000_000;

    /** Enough for a person to recognize a statement. */
    private static final int LONGEST_SHOWN = 200;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final Pattern CODE =
            Pattern.compile("DO( LANGUAGE [^ ]+)?( ?(E|N|U&)?'')* ?|CREATE (OR REPLACE )?(FUNCTION|PROCEDURE) .*");

    private final Consumer<Found> consumer;
    private final SqlScanner scanner = new SqlScanner(this);
    private final StatementBounds bounds = new StatementBounds();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder code = new StringBuilder();
    private int start = 0;
    private int lines;
    private SqlQuote quote = SqlQuote.PLAIN;
    private boolean kept;
    private boolean language;
    private boolean readable = true;
    private boolean behindCopy;
    private Optional<CopyRows> rows = Optional.empty();

    private TopLevelStatements(Consumer<Found> consumer) {
        this.consumer = consumer;
    }

    /**
     * One statement.
     *
     * @param line where it starts, from 1
     * @param text the words that identify its kind: {@code CREATE INDEX CONCURRENTLY i ON t (a)}
     * @param shown its beginning as it is written, for people; without the content of literals
     * @param code the quoted code of a function or of a DO block, as it is written
     * @param readable whether the server reads the code as written; false where it has escapes
     */
    record Found(int line, String text, String shown, String code, boolean readable) {
        Found {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(code, "code");
        }
    }

    /** Passes each statement of a script to the consumer, in order. */
    static void read(Reader script, Consumer<Found> consumer) throws IOException {
        new TopLevelStatements(consumer).read(new BufferedReader(script));
    }

    private void read(Reader in) throws IOException {
        int next = in.read();
        for (next = next == BYTE_ORDER_MARK ? in.read() : next; next >= 0; next = in.read()) {
            read((char) next);
        }
        scanner.end();
        end();
    }

    private void read(char next) {
        if (rows.isPresent()) {
            rows = rows.filter(data -> !data.endWith(next));
            lines += next == '\n' ? 1 : 0;
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
        begin();
        bounds.word(word);
        word.chars().forEach(character -> folded((char) character));
    }

    @Override
    public void symbol(char symbol) {
        if (bounds.ends(symbol)) {
            end();
        } else {
            begin();
            append(symbol);
        }
    }

    @Override
    public void gap() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
            append(' ');
        }
    }

    @Override
    public void open(SqlQuote opened, boolean continues) {
        begin();
        bounds.quoted();
        quote = opened;
        kept = !quote.isName() && CODE.matcher(text).matches();
        language = tail().endsWith("LANGUAGE ");
        readable &= !kept || quote != SqlQuote.UNICODE;
        opened.prefix().chars().forEach(character -> append((char) character));
        append(mark());
    }

    private char mark() {
        return quote.isName() ? '"' : quote == SqlQuote.DOLLAR ? '$' : '\'';
    }

    @Override
    public void content(char character) {
        if (quote.isName()) {
            append(character);
            if (character == '"') {
                append(character);
            }
            return;
        }
        readable &= !kept || quote != SqlQuote.ESCAPES || character != '\\';
        if (kept && code.length() < LONGEST_CODE) {
            code.append(character);
        }
        if (language) {
            folded(character);
        }
    }

    @Override
    public void close() {
        append(mark());
    }

    private void begin() {
        if (text.isEmpty()) {
            start = lines + scanner.line();
        }
    }

    private String tail() {
        return text.substring(Math.max(0, text.length() - 64));
    }

    /**
     * Cuts the middle of a statement that is too long, and keeps the end, by which the words of a body are recognized.
     */
    private void append(char character) {
        show(character);
        tell(character);
    }

    /** Compares in upper case: PostgreSQL ignores case in what is not quoted. */
    private void folded(char character) {
        show(character);
        tell(character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character);
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

    private void end() {
        String found = text.toString().strip();
        if (!found.isEmpty()) {
            consumer.accept(new Found(start, found, shown.toString().strip(), code.toString(), readable));
        }
        text.setLength(0);
        shown.setLength(0);
        code.setLength(0);
        readable = true;
        behindCopy = bounds.takesRows();
        bounds.reset();
    }
}
