package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
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
                List.of("alter table t drop \"c\"", "do 'drop table a'", "select b'', 'x' || e''".replace("'x'", "''")),
                SqlStatements.of("ALTER TABLE t DROP\"c\"; DO'DROP TABLE a'; SELECT B'01', 'x' || E'\\''"));
    }

    @Test
    void theSqlOfCodeIsReadAsSql() {
        assertEquals(
                List.of("do $$ begin execute 'drop table \"a\"'; end $$"),
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
}
