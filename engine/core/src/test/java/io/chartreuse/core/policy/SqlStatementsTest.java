package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void whatDoesNotEndIsTakenToItsEnd() {
        for (String open : List.of("select '", "select \"", "select $$", "select /*", "select --", "select e'\\")) {
            assertEquals(1, SqlStatements.of(open).size(), open);
        }
    }
}
