package io.chartreuse.core.apply;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What may differ between a plan and now in SQL that a tool renders anew. */
class RenderedSqlTest {

    private static String insert(String at, String who) {
        return "INSERT INTO note VALUES ('" + at + "', '" + who + "', 'it''s done');\n";
    }

    @Test
    void aTimeThatDiffersEachTimeMayDiffer() {
        assertTrue(RenderedSql.isSame(
                insert("2026-11-21 23:10:05.1", "ada"),
                insert("2026-11-22 07:00:01.7", "ada"),
                insert("2026-11-22 07:00:02.9", "ada")));
    }

    @Test
    void whatStaysTheSameNowIsTheSameInThePlan() {
        assertFalse(RenderedSql.isSame(insert("1", "eve"), insert("2", "ada"), insert("3", "ada")));
        assertFalse(RenderedSql.isSame(insert("1", "ada"), insert("2", "ada"), insert("2", "ada")));
    }

    @Test
    void noSqlHidesWhereATimeStands() {
        assertFalse(
                RenderedSql.isSame(insert("1'); DROP TABLE note; --", "ada"), insert("2", "ada"), insert("3", "ada")));
        assertFalse(RenderedSql.isSame("SELECT 'x(y)'".replace("x(y)", "1; DROP"), "SELECT '2'", "SELECT '3'"));
    }

    @Test
    void namesOfTablesAreNotRenderedAnew() {
        assertFalse(RenderedSql.isSame("DROP TABLE a", "DROP TABLE b", "DROP TABLE c"));
    }
}
