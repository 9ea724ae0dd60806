package io.chartreuse.core.policy;

import io.chartreuse.spi.sql.CopyRows;
import io.chartreuse.spi.sql.SqlNames;
import io.chartreuse.spi.sql.SqlQuote;
import io.chartreuse.spi.sql.SqlScanner;
import io.chartreuse.spi.sql.SqlTokens;
import io.chartreuse.spi.sql.StatementBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes what is read of one text in the form that rules see. */
final class StatementReading implements SqlTokens {

    /** Code in the quotes of code, and so on. Deeper is taken for what cannot be read. */
    private static final int DEEPEST = 20;

    private final boolean code;
    private final int depth;
    private final SqlScanner scanner = new SqlScanner(this);
    private final StatementBounds bounds = new StatementBounds();
    private final StatementText text = new StatementText();
    private final DynamicSql dynamic;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private SqlQuote quote = SqlQuote.PLAIN;
    private boolean continues;
    private Optional<String> escapedName = Optional.empty();
    private boolean escapeFollows;
    private boolean behindCopy;
    private Optional<CopyRows> rows = Optional.empty();
    private boolean anyRow;
    private Optional<String> unread = Optional.empty();

    private StatementReading(boolean code, int depth) {
        this.code = code;
        this.depth = depth;
        this.dynamic = new DynamicSql(code);
    }

    static SqlStatements of(String sql) {
        return new StatementReading(false, 0).read(sql);
    }

    private SqlStatements read(String sql) {
        for (int i = 0; i < sql.length(); i++) {
            if (rows.isPresent()) {
                row(sql.charAt(i));
            } else {
                scanner.read(sql.charAt(i));
                if (behindCopy && sql.charAt(i) == '\n') {
                    beginRows();
                }
            }
        }
        scanner.end().map(SqlStatements::open).ifPresent(this::unread);
        end();
        return new SqlStatements(statements, dynamic.isFound(), unread);
    }

    private void end() {
        if (bounds.isOpen() && !code) {
            unread("the last statement has no end: its parentheses, or its BEGIN ATOMIC, are open");
        }
        if (!scanner.isCertain()) {
            unread("a number runs into a name with a dollar sign, or there is a character with the number 0");
        }
        if (anyRow && rows.filter(CopyRows::isEnded).isEmpty()) {
            unread("the rows of a COPY never end: there is no line with \\. alone");
        }
        statement();
    }

    private void unread(String why) {
        unread = unread.or(() -> Optional.of(why));
    }

    private void beginRows() {
        behindCopy = false;
        rows = Optional.of(new CopyRows());
        if (!scanner.isBetweenTokens()) {
            unread("a quote or a comment goes on into the rows of a COPY");
        }
    }

    private void row(char c) {
        anyRow = true;
        if (rows.orElseThrow().endWith(c)) {
            rows = Optional.empty();
            anyRow = false;
        }
    }

    /** A token begins. What follows a COPY in its line is run by some tools, and left out by others. */
    private void token() {
        if (behindCopy) {
            unread("something follows a COPY … FROM STDIN in the same line");
        }
    }

    @Override
    public void word(String written) {
        String word = SqlNames.folded(written);
        if (escapedName.isPresent() && word.equals("uescape")) {
            escapeFollows = true;
            return;
        }
        settle('\\');
        token();
        bounds.word(written);
        dynamic.word(word);
        text.word(SqlNames.shortened(word));
    }

    @Override
    public void symbol(char symbol) {
        settle('\\');
        token();
        dynamic.symbol(symbol);
        if (bounds.ends(symbol)) {
            statement();
        } else {
            text.symbol(symbol);
        }
    }

    @Override
    public void gap() {
        if (escapedName.isEmpty()) {
            text.gap();
        }
    }

    @Override
    public void open(SqlQuote opened, boolean goesOn) {
        if (!escapeFollows) {
            settle('\\');
        }
        token();
        quote = opened;
        continues = goesOn;
        content.setLength(0);
    }

    @Override
    public void content(char character) {
        content.append(character);
    }

    @Override
    public void close() {
        if (escapeFollows) {
            settle(content.length() == 1 ? content.charAt(0) : '\\');
            return;
        }
        bounds.quoted();
        if (quote == SqlQuote.UNICODE_NAME) {
            escapedName = Optional.of(content.toString());
        } else if (quote == SqlQuote.NAME) {
            name(content.toString());
        } else {
            literal(content.toString());
        }
    }

    /** Writes a name after its {@code UESCAPE} clause, or the lack of one, has decided which character escapes. */
    private void settle(char escape) {
        if (escapedName.isPresent()) {
            String written = escapedName.get();
            escapedName = Optional.empty();
            escapeFollows = false;
            Optional<String> name = SqlNames.unescaped(written, escape);
            if (name.isEmpty()) {
                unread("a name in U&\"…\" has an escape that PostgreSQL does not know");
            }
            name(name.orElse(written));
            text.gap();
        }
    }

    private void name(String kept) {
        String name = SqlNames.shortened(kept);
        dynamic.name(name);
        text.name(SqlNames.written(name));
    }

    private void literal(String held) {
        boolean plain = DynamicSql.isPlain(quote, held, continues);
        boolean body = code || dynamic.bringsCode();
        boolean run = dynamic.executesNext() || dynamic.bringsCode();
        dynamic.literal(held, plain);
        dynamic.add(run && !plain);
        if (quote == SqlQuote.DOLLAR) {
            text.literal("$$ " + inner(held, run) + " $$");
        } else if (body) {
            text.literal(prefix() + "'" + inner(held, run) + "'");
        } else if (!continues) {
            text.literal(prefix() + "''");
        }
    }

    private String prefix() {
        return continues ? "" : quote.prefix().toLowerCase(Locale.ROOT);
    }

    /** The SQL in a body or a literal of code, as if it stood by itself. @param run whether it is executed */
    private String inner(String held, boolean run) {
        if (depth == DEEPEST) {
            dynamic.add(run);
            return "";
        }
        SqlStatements inner = new StatementReading(true, depth + 1).read(held);
        dynamic.add(run && !inner.isComplete());
        return String.join("; ", inner.texts());
    }

    private void statement() {
        settle('\\');
        String ended = text.end();
        if (!ended.isEmpty()) {
            statements.add(ended);
        }
        dynamic.statement(ended);
        behindCopy = bounds.takesRows() && !code;
        bounds.reset();
    }
}
