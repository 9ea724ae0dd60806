package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.SimpleQuery.Answer;
import io.chartreuse.spi.sql.SqlNames;
import io.chartreuse.spi.sql.SqlQuote;
import io.chartreuse.spi.sql.SqlScanner;
import io.chartreuse.spi.sql.SqlTokens;
import io.chartreuse.spi.sql.StatementBounds;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Splits texts like a real server. {@code -Dchartreuse.fuzz=1000000} sets the number of texts, {@code
 * -Dchartreuse.fuzz.seed=7} selects others.
 */
class SqlScannerTest {

    private static final int TEXTS = Integer.getInteger("chartreuse.fuzz", 600);
    private static final int SEED = Integer.getInteger("chartreuse.fuzz.seed", 15);

    /** Complete values, whatever they contain. */
    private static final List<String> VALUES = List.of(
            "'a'",
            "'it''s; select'",
            "'\\'",
            "E'a\\'b; '",
            "E'\\\\'",
            "E'x''y'",
            "e'\\n'",
            "'a'\n'b'",
            "'a' -- ;'\n  'b'",
            "E'a'\n'\\'b'",
            "E'a'\r-- '\r'\\';'",
            "U&'\\0061;'",
            "u&'d!0061t' uescape '!'",
            "U&'\\'",
            "N'n;'",
            "B'01'",
            "x'1f'",
            "$$a;'b$$",
            "$a$ $$ ; $a$",
            "$é$ ' ; $é$",
            "$_1$;$b$;$_1$",
            "$a$b$a$",
            "$a$$b$a$",
            "1",
            "1.5",
            "1e5",
            ".5",
            "-1",
            "- -1",
            "1--2;'\n",
            "2/*;'/*\"*/ $$ */",
            "3/**/",
            "1*/*;*/2",
            "(select 1)",
            "(1)",
            "t.a$b$",
            "t.a$b$c$",
            "t.é",
            "t.\"x;'\"\"y\"",
            "t.U&\"\\0071;\"",
            "case when true then 1 end",
            "null",
            "array['x',';']",
            "@-1",
            "1 + /* ' */ 2",
            "E''",
            "''",
            "''''",
            "$$$$",
            "'a' || E'\\'' || $x$'$x$");

    private static final List<String> WHOLE = List.of(
            "create or replace function pg_temp.f() returns int begin atomic select 1; select case when true then 2 end; end",
            "create or replace function pg_temp.g(a int) returns int language sql begin atomic; select a as end; end",
            "create or replace function pg_temp.h() returns int language sql as 'select 1; select 2'",
            "create or replace rule r as on update to t do also (select 1; select ';')",
            "do $x$ begin perform 1; end $x$",
            "do 'begin perform ''a;''; end'",
            "begin",
            "end",
            "comment on table t is E'\\';'",
            "/* only; a comment */",
            "--;\r",
            "");

    /** Inserted anywhere, so that quotes stay open or text changes its meaning. */
    private static final List<String> NOISE = List.of(
            "'", "''", "\"", "$$", "$a$", "$", "$1", "a", "e", "E'", "U&", "u&'", "--", "/*", "*/", "/", "*", "-", "\\",
            "\\'", ";", "\n", "\r", "\f", "\u000b", "\u00a0", "é", "(", ")", "1", "x'", "n'", "_", "b", "end", "atomic",
            "as", "case", ".", " ");

    private static TestDatabase database;
    private static SimpleQuery server;

    @BeforeAll
    static void connect() throws IOException, SQLException {
        database = new TestDatabase();
        server = new SimpleQuery(TestServer.port(), database.name);
        server.execute(
                "create table t (a$b$ text, a$b$c$ text, é text, \"x;'\"\"y\" text, \"q;\" text);"
                        + "insert into t values ('1', '2', '3', '4', '5'); set statement_timeout = '5s'; set search_path = public");
    }

    @AfterAll
    static void disconnect() throws IOException {
        server.close();
    }

    @Test
    void textsAreSplitAsTheServerSplitsThem() throws IOException {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            accepted += compare(text(random)) ? 1 : 0;
        }
        assertTrue(accepted > TEXTS / 5, "only " + accepted + " of " + TEXTS + " texts are SQL");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            text.append(i == 0 ? "" : ";").append(statement(random));
        }
        for (int noise = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0; noise > 0; noise--) {
            text.insert(random.nextInt(text.length() + 1), any(NOISE, random));
        }
        return text.toString();
    }

    private static String statement(Random random) {
        if (random.nextInt(5) == 0) {
            return any(WHOLE, random);
        }
        StringBuilder statement = new StringBuilder("select ");
        int values = 1 + random.nextInt(3);
        for (int i = 0; i < values; i++) {
            statement.append(i == 0 ? "" : ", ").append(any(VALUES, random));
        }
        return statement.append(" from t").toString();
    }

    private static String any(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** @return whether the server accepted it */
    private static boolean compare(String text) throws IOException {
        Split split = Split.of(text);
        Answer whole = server.execute(text);
        server.execute("rollback");
        if (split.open) {
            assertTrue(whole.error().isPresent(), "the server takes what is open here: " + text);
            return false;
        }
        List<String> values = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        boolean refused = false;
        for (String piece : split.pieces) {
            Answer answer = server.execute(piece);
            values.addAll(answer.values());
            tags.addAll(answer.tags());
            refused |= answer.error().isPresent();
            if (answer.error().isEmpty()) {
                assertEquals(1, answer.tags().size(), "more than one statement: " + piece + "\n in " + text);
            }
        }
        server.execute("rollback");
        if (whole.error().isEmpty()) {
            assertFalse(refused, () -> "pieces are refused, the whole is not: " + text + "\n" + split.pieces);
            assertEquals(whole.values(), values, text);
            assertEquals(whole.tags(), tags, text);
            return true;
        }
        boolean unread = split.certain && isOfText(whole.error().get());
        assertTrue(!unread || refused, () -> "the whole is refused, no piece is: " + text + "\n" + split.pieces);
        return false;
    }

    /** Whether the SQLSTATE is a syntax error. */
    private static boolean isOfText(String state) {
        return state.equals("42601");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1$a$ ' $a$; select 2; select '",
                "select $é$'$é$; select 2; select ''",
                "select t.a$b$, '\\' from t; select 2; select ''",
                "select E'a'\n'\\'; select 2; --'",
                "select 'a'\n'\\'; select 2; --'",
                "select b'0''1'; select 2",
                "select /* /* */ ; select 2; -- */ 1",
                "select 1 -- \r; select 2",
                "select U&'\\'; select 2; select ''",
                "select $a$ $b$a$; select 2",
                "select $1$a$;$a$",
                "select $a ' ; select 2; '"
            })
    void whatIsEasyToGetWrongIsSplitAsTheServerSplitsIt(String text) throws IOException {
        compare(text);
    }

    @Test
    void wordsOfTheServerAreKnown() throws SQLException {
        try (Connection connection = TestServer.connect(database.name);
                Statement statement = connection.createStatement();
                ResultSet words = statement.executeQuery("select word from pg_get_keywords()")) {
            List<String> unknown = new ArrayList<>();
            while (words.next()) {
                String word = words.getString(1);
                if (!SqlNames.isKeyword(word)) {
                    unknown.add(word);
                }
            }
            assertEquals(List.of(), unknown);
        }
    }

    @Test
    void namesAreKeptAsTheServerKeepsThem() throws IOException {
        for (String written : List.of(
                "\"users\"", "U&\"\\0075sers\"", "U&\"d!0061ta\" uescape '!'", "ÉCOLE", "\"" + "ü".repeat(40) + "\"")) {
            Answer answer = server.execute(
                    "create temp table k as select 1 as " + written + "; select attname from pg_attribute"
                            + " where attrelid = 'k'::regclass and attnum = 1; drop table k");
            Split split = Split.of("select 1 as " + written);
            assertEquals(answer.values().get(0), split.lastName, written);
        }
    }

    /** The texts of the statements, as Chartreuse's scanner splits them. */
    private static final class Split implements SqlTokens {

        private final StatementBounds bounds = new StatementBounds();
        private final SqlScanner scanner = new SqlScanner(this);
        private final List<String> pieces = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();
        private SqlQuote quote = SqlQuote.PLAIN;
        private String escaped = "";
        private String lastName = "";
        private boolean any;
        private boolean ended;
        private boolean open;
        private boolean certain;

        static Split of(String text) {
            Split split = new Split();
            int begin = 0;
            for (int i = 0; i < text.length(); i++) {
                split.scanner.read(text.charAt(i));
                if (split.ended) {
                    split.piece(text.substring(begin, i));
                    begin = i + 1;
                }
            }
            split.open = split.scanner.end().isPresent() || split.bounds.isOpen();
            split.certain = split.scanner.isCertain();
            split.piece(text.substring(begin));
            return split;
        }

        private void piece(String piece) {
            if (any) {
                pieces.add(piece);
            }
            any = false;
            ended = false;
        }

        @Override
        public void word(String word) {
            bounds.word(word);
            any = true;
            lastName = word.equals("uescape") ? lastName : SqlNames.shortened(SqlNames.folded(word));
        }

        @Override
        public void symbol(char symbol) {
            ended = bounds.ends(symbol);
            any |= !ended;
            if (ended) {
                bounds.reset();
            }
        }

        @Override
        public void gap() {}

        @Override
        public void open(SqlQuote opened, boolean continues) {
            bounds.quoted();
            any = true;
            quote = opened;
            content.setLength(0);
        }

        @Override
        public void content(char character) {
            content.append(character);
        }

        @Override
        public void close() {
            String held = content.toString();
            if (quote == SqlQuote.NAME) {
                lastName = SqlNames.shortened(held);
            } else if (quote == SqlQuote.UNICODE_NAME) {
                escaped = held;
                lastName = SqlNames.unescaped(held, '\\').orElse(held);
            } else if (!escaped.isEmpty() && held.length() == 1) {
                lastName = SqlNames.unescaped(escaped, held.charAt(0)).orElse(held);
                escaped = "";
            }
        }
    }
}
