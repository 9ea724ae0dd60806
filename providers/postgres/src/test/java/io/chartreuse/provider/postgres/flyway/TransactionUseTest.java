package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionUseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "Begin Work",
                "START\tTRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "COMMIT",
                "/* a /* nested */ comment */commit-- work\nAND CHAIN",
                "END",
                "end transaction",
                "ROLLBACK",
                "rollback\n\nwork",
                "ABORT",
                "PREPARE TRANSACTION 'a'",
                "COMMIT PREPARED 'a'",
                "ROLLBACK PREPARED 'a'",
                "SELECT $1$2; COMMIT",
                "SELECT 'it''s'; COMMIT",
                "SELECT E'it\\'s'; COMMIT",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; COMMIT",
                "COPY t FROM STDIN;\nCOMMIT\n\\.\nCOMMIT",
                "REINDEX INDEX CONCURRENTLY i",
                "reindex(verbose, concurrently)table t",
                "REINDEX SCHEMA public",
                "REINDEX DATABASE CONCURRENTLY shop",
                "ALTER TABLE \"a b\" DETACH PARTITION p CONCURRENTLY",
                "ALTER SYSTEM SET work_mem = '4MB'",
                "DROP INDEX CONCURRENTLY IF EXISTS i",
                "VACUUM (ANALYZE) t",
                "CLUSTER",
                "CLUSTER VERBOSE",
                "DISCARD ALL",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
                "DO $$ BEGIN UPDATE t SET a = 1; COMMIT; END $$",
                "DO LANGUAGE plpgsql $x$ BEGIN IF true THEN ROLLBACK; END IF; END $x$",
                "do 'begin commit; end'",
                "DO $$ BEGIN CALL batches(); END $$",
                "CALL public.batches(1)",
                "call public . batches()",
                "CALL \"my app\" . \"batches\" ()",
                "call U&\"b\\0061tches\"()",
                "DO $$ BEGIN CALL public . batches(); END $$",
                "do E'begin insert into t values (1);\\ncommit; end'",
                "do U&'begin \\0063ommit; end'",
                "do U&'begin !0063ommit; end' UESCAPE '!'",
                "DO 'begin update t set a = 1; '\n  'commit; end'",
                "DO E'begin '\n'com\\155it; end'",
                "DO LANGUAGE 'plpgsql' 'begin commit; end'",
                "DO LANGUAGE pltcl $$ spi_exec \"x\" $$",
                "DO $$ plpy.commit() $$ LANGUAGE plpython3u",
            })
    void whatEndsATransactionOrBearsNoneIsSeen(String sql) {
        assertTrue(first(sql).isPresent(), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- COMMIT\nSELECT 1",
                "/* ; COMMIT; */ SELECT 1",
                "SELECT '; COMMIT;'",
                "SELECT $a$ ; COMMIT; $a$",
                "COMMENT ON TABLE t IS 'a; COMMIT'",
                "CREATE TABLE \"a; COMMIT; b\" (id int)",
                "SAVEPOINT a; ROLLBACK TO a; ROLLBACK WORK TO SAVEPOINT a; RELEASE a",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END",
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO u VALUES (1); DELETE FROM v)",
                "COPY t FROM STDIN;\nCOMMIT\nit's\n\\.\nSELECT 1",
                "DO $$ BEGIN CREATE TEMP TABLE x ON COMMIT DROP AS SELECT 1; END $$",
                "DO $$ BEGIN PERFORM 'COMMIT;'; -- COMMIT;\n END $$",
                "DO $$ BEGIN NULL; END $$ LANGUAGE 'plpgsql'",
                "DO 'begin perform E\'\'a\'\'; end'",
                "CREATE TEMP TABLE x (id int) ON COMMIT DROP",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                "REINDEX TABLE t",
                "REINDEX (CONCURRENTLY FALSE) TABLE t",
                "ALTER TABLE t DETACH PARTITION p",
                "CLUSTER t USING i",
                "DISCARD PLANS",
                "ANALYZE t",
                "CALL once(1)",
                "ALTER SUBSCRIPTION s DISABLE; ALTER SUBSCRIPTION s SET (slot_name = NONE); DROP SUBSCRIPTION s",
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "ALTER TYPE mood ADD VALUE 'calm'",
                "SELECT a.end, b.commit FROM a, b"
            })
    void whatStaysInItsTransactionIsLeftAlone(String sql) {
        assertEquals(Optional.empty(), first(sql), sql);
    }

    @Test
    void theFirstSuchStatementIsNamedWithItsLine() {
        TransactionUse.Place place = first(
                        "\n-- note\nSELECT 1;\n\n  Create index\tConcurrently Orders_Note on \"Orders\" (a) ;\nVACUUM;")
                .orElseThrow();

        assertEquals(5, place.line());
        assertEquals("Create index Concurrently Orders_Note on \"Orders\" (a)", place.what());
    }

    @Test
    void aTransactionThatIsOpenAtTheEndIsSeen() {
        assertTrue(use("BEGIN; SELECT 1").leavesOpen());
        assertTrue(use("BEGIN; COMMIT AND CHAIN").leavesOpen());
        assertFalse(use("BEGIN; COMMIT").leavesOpen());
        assertFalse(use("SELECT 1").leavesOpen());
    }

    @Test
    void aProcedureCommitsThatCallsOneThatDoes() {
        Procedures procedures = new Procedures(() -> Map.of("outer", "BEGIN CALL inner(); END"));
        procedures.add(use("CREATE PROCEDURE app.inner() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$")
                .procedures());

        assertTrue(procedures.commits("outer"));
        assertTrue(procedures.commits("one that is not known"));
    }

    @Test
    void aProcedureCommitsThatIsRenamedOrWhoseCodeCannotBeRead() {
        Procedures procedures =
                new Procedures(() -> Map.of("old name", "BEGIN COMMIT; END", "quiet", "BEGIN NULL; END"));
        procedures.add(use("ALTER PROCEDURE app.\"old name\" (int) RENAME TO new_name;"
                        + " CREATE PROCEDURE hidden() LANGUAGE plpgsql AS E'BEGIN\\nCOMMIT; END';"
                        + " CREATE PROCEDURE tcl() LANGUAGE pltcl AS $$ commit $$;"
                        + " CREATE PROCEDURE plain(a text DEFAULT 'x') LANGUAGE plpgsql AS 'BEGIN NULL; END'")
                .procedures());

        assertTrue(procedures.commits("new_name"));
        assertTrue(procedures.commits("hidden"));
        assertTrue(procedures.commits("tcl"));
        assertFalse(procedures.commits("plain"));
        assertFalse(procedures.commits("quiet"));
    }

    @Test
    void anotherProcedureOfTheSameNameDoesNotHideOneThatCommits() {
        Procedures procedures = new Procedures(() -> Map.of("both", "BEGIN COMMIT; END"));
        procedures.add(use("CREATE PROCEDURE both(a int) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$")
                .procedures());

        assertTrue(procedures.commits("both"));
    }

    private static Optional<TransactionUse.Place> first(String sql) {
        return use(sql).first("batches"::equals);
    }

    private static TransactionUse use(String sql) {
        return TransactionUse.of(new StringReader(sql));
    }
}
