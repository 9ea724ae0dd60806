package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSqlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1, 'it''s; /* one');",
                "-- it's a comment\nSELECT 1 - 2 / 3;",
                "/* it's \" one */ SELECT \"a\"\"b\" FROM \"t--\"; -- no end"
            })
    void statementsStringsAndCommentsThatAreClosedArePlain(String text) {
        assertTrue(PlainSql.is(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'open",
                "SELECT \"open",
                "/* open",
                "/* one /* in */ another */",
                "SELECT $$ x $$",
                "SELECT '${placeholder}'",
                "SELECT E'\\''",
                "create index Concurrently i ON t (id)",
                "VACUUM t",
                "ALTER\n TYPE mood ADD VALUE 'x'",
                "COPY t FROM stdin;",
                "DROP DATABASE x"
            })
    void whatMightNotParseOrNeedsNoTransactionIsForTheParser(String text) {
        assertFalse(PlainSql.is(text), text);
    }
}
