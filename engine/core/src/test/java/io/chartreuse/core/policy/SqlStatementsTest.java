package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlStatementsTest {

    @Test
    void commentsAndGapsGoAndCaseIsFolded() {
        assertEquals(List.of("alter table orders drop total", "select 1"), SqlStatements.of("""
                        -- drops; nothing
                        ALTER  TABLE /* a /* nested; */ one */ Orders
                            DROP total ;
                        ;SELECT 1"""));
    }

    @Test
    void literalsAreEmptied() {
        assertEquals(
                List.of("comment on table t is ''", "select e'', ''"),
                SqlStatements.of("COMMENT ON TABLE t IS 'drop table it''s';SELECT E'\\'; drop table', 'x;y'"));
    }

    @Test
    void quotedNamesStayAsTheyAre() {
        assertEquals(List.of("drop table \"Odd;Name\""), SqlStatements.of("DROP TABLE \"Odd;Name\";"));
    }

    @Test
    void codeIsKeptWithItsLiterals() {
        assertEquals(
                List.of("do $$ begin; execute 'drop table a'; end $$", "select $1, a$b"),
                SqlStatements.of("DO $x$BEGIN; EXECUTE 'DROP  TABLE a'; -- no\nEND$x$; SELECT $1, a$b"));
        assertEquals(List.of("do 'drop table a'"), SqlStatements.of("DO 'DROP TABLE a'"));
    }

    @Test
    void aCarriageReturnEndsAComment() {
        assertEquals(List.of("drop table a"), SqlStatements.of("-- harmless\rDROP TABLE a"));
    }

    @Test
    void quotesNeedNoGapBeforeThem() {
        assertEquals(
                List.of("alter table t drop c", "do 'drop table a'", "select b'', 'x' || e''".replace("'x'", "''")),
                SqlStatements.of("ALTER TABLE t DROP\"c\"; DO'DROP TABLE a'; SELECT B'01', 'x' || E'\\''"));
    }

    @Test
    void theSqlOfCodeIsReadAsSql() {
        assertEquals(
                List.of("do $$ begin execute 'drop table a'; end $$"),
                SqlStatements.of("DO $$BEGIN EXECUTE 'DROP/**/TABLE--x\n\"a\"'; END$$"));
    }

    @Test
    void dataOfACopyHidesNothingBehindIt() {
        assertEquals(
                List.of("copy t (a) from stdin", "drop table t"),
                SqlStatements.of("COPY t (a) FROM STDIN;\nit's; data -- $$\n\\.\nDROP TABLE t;\n"));
        assertEquals(List.of("copy t from stdin", "drop table t"), SqlStatements.of("COPY t FROM STDIN;DROP TABLE t"));
    }

    @Test
    void manyLiteralsTakeNoTime() {
        String many = "INSERT INTO t VALUES " + "('x'),".repeat(200_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> SqlStatements.of(many));
    }

    @Test
    void whatDoesNotEndIsTakenToItsEnd() {
        for (String open : List.of("select '", "select \"", "select $$", "select /*", "select --", "select e'\\")) {
            assertEquals(1, SqlStatements.of(open).size(), open);
        }
    }

    @Test
    void namesAreWrittenAsTheServerKeepsThem() {
        assertEquals(
                List.of("drop table shop.users", "alter table t drop \"constraint\"", "select \"A\".b, \"x\"\"y\""),
                SqlStatements.of("DROP TABLE \"shop\" . U&\"us!0065rs\" UESCAPE '!'; ALTER TABLE T DROP \"constraint\";"
                        + " SELECT \"A\".\"b\", \"x\"\"y\""));
        assertEquals(
                List.of("drop table " + "ü".repeat(31)), SqlStatements.of("DROP TABLE \"" + "ü".repeat(40) + "\""));
    }

    @Test
    void whatOnlyLooksLikeAQuoteOpensNone() {
        for (String sql : List.of(
                "SELECT a$b$, '\\'; DROP TABLE t; -- $b$ '",
                "SELECT 1$é$ ' $é$; DROP TABLE t; SELECT ''",
                "SELECT E'a'\n'\\'b'; DROP TABLE t",
                "SELECT 'a'\n'\\'; DROP TABLE t --'",
                "SELECT /* /* */ ' */ 1; DROP TABLE t; --'")) {
            assertEquals("drop table t", SqlStatements.of(sql).get(1), sql);
        }
    }

    @Test
    void blanksOfUnicodeArePartsOfNames() {
        assertEquals(List.of("drop\u00a0table t"), SqlStatements.of("DROP\u00a0TABLE t"));
    }

    @Test
    void aBodyOfStandardSqlIsOneStatement() {
        assertEquals(
                List.of(
                        "create function f() returns int begin atomic select case when a then 1 end; select b as end; end",
                        "drop table t"),
                SqlStatements.of("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END;"
                        + " SELECT b AS end; END; DROP TABLE t"));
    }

    @Test
    void whatCannotBeReadIsSaid() {
        for (String open : List.of(
                "select '",
                "select $x$ $X$",
                "select /* /* */",
                "select (1",
                "select 1e5$a$",
                "select U&\"\\zzzz\"",
                "copy t from stdin;\n1\n",
                "copy t from stdin; select 1;\n1\n\\.\n")) {
            assertTrue(SqlStatements.read(open).unread().isPresent(), open);
        }
        assertEquals(
                Optional.empty(),
                SqlStatements.read("copy t from stdin; -- x\n'\n \\. \nselect 1")
                        .unread());
    }

    @Test
    void bodiesInBodiesAreReadSoDeepAndNoDeeper() {
        StringBuilder deep = new StringBuilder("DROP TABLE t");
        for (int i = 0; i < 5_000; i++) {
            deep.insert(0, "BEGIN EXECUTE $a" + i + "$ ").append(" $a" + i + "$; END");
        }
        assertTrue(SqlStatements.read("DO $$ " + deep + " $$").dynamic());
    }
}
