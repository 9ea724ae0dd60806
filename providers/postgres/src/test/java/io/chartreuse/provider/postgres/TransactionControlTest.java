package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that leave the transaction in which Flyway runs them. */
class TransactionControlTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void aMigrationWithItsOwnCommitIsNotCalledRolledBack() {
        database.script(
                "V1__dump.sql",
                "BEGIN;\nCREATE TABLE kept (id int);\nCOMMIT;\nCREATE TABLE lost (id int);\nSELECT 1/0;\n");
        Migration planned = database.refresh().migrations().get(0);
        assertFalse(planned.transactional());
        assertEquals("line 1: BEGIN", planned.note().orElseThrow());
        assertTrue(
                Findings.only("postgres.not-transactional", database.refresh().findings())
                        .summary()
                        .contains("line 1: BEGIN"));

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);
        assertFalse(failure.summary().contains("It was rolled back"), failure.summary());
        assertTrue(
                failure.summary()
                        .contains(
                                "what it committed in its first 3 statements remains, statements 4 to 5 were rolled back,"
                                        + " and the history has a failed entry"),
                failure.summary());
        assertTrue(database.hasTable("kept"));
        assertFalse(database.hasTable("lost"));
        Diagnostic left =
                Findings.only("postgres.failed-entry", database.refresh().findings());
        assertTrue(left.summary().contains("3 of its 5 statements are done"), left.summary());
    }

    @Test
    void aMigrationWithItsOwnCommitLeavesWhatFlywayLeaves() {
        database.script(
                        "V1__dump.sql",
                        "CREATE TABLE a (id int);\nROLLBACK;\nCREATE TABLE b (id int);\nCOMMIT;\nCREATE TABLE c (id int);")
                .apply();

        assertFalse(database.hasTable("a"));
        assertTrue(database.hasTable("b"));
        assertTrue(database.hasTable("c"));
        assertEquals("t", database.query("SELECT success FROM flyway_schema_history"));
        assertFalse(database.hasTable("flyway_schema_history_progress"));
    }

    @Test
    void aTransactionThatIsLeftOpenIsCommittedBeforeTheNextMigration() {
        database.script("V1__open.sql", "BEGIN;\nCREATE TABLE a (id int);")
                .script("V2__next.sql", "CREATE TABLE b (id int); SELECT 1/0;");
        assertTrue(database.refresh().migrations().get(0).note().orElseThrow().contains("open at its end"));

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);
        assertTrue(
                failure.summary().contains("It was rolled back; the database stands at revision 1"), failure.summary());
        assertTrue(database.hasTable("a"));
        assertFalse(database.hasTable("b"));
    }

    @Test
    void aPlaceholderCannotHideACommit() {
        database.migrations().putObject("placeholders").put("finish", "COMMIT");
        database.script("V1__hidden.sql", "CREATE TABLE a (id int);\n${finish};\nSELECT 1;");

        assertFalse(database.refresh().migrations().get(0).transactional());
    }

    @Test
    void aPartitionIsDetachedConcurrentlyOutsideOfATransaction() {
        database.script(
                        "V1__t.sql",
                        "CREATE TABLE t (a int) PARTITION BY RANGE (a);"
                                + " CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (9);")
                .script("V2__detach.sql", "ALTER TABLE t DETACH PARTITION p CONCURRENTLY;")
                .apply();

        assertEquals("2", database.query("SELECT max(version) FROM flyway_schema_history WHERE success"));
        assertEquals("0", database.query("SELECT count(*) FROM pg_inherits WHERE inhparent = 't'::regclass"));
    }

    @Test
    void aStatementWithoutATransactionIsRefusedBesideOthers() {
        database.script("V1__mixed.sql", "CREATE TABLE b (id int);\nALTER TABLE t DETACH PARTITION p CONCURRENTLY;");

        assertTrue(database.refresh().findings().stream()
                .anyMatch(finding -> finding.isError()
                        && finding.summary().contains("line 2: ALTER TABLE t DETACH PARTITION p CONCURRENTLY")));
    }

    @Test
    void proceduresThatCommitAreFoundInTheDatabaseAndInScripts() {
        database.script(
                        "V1__t.sql",
                        "CREATE TABLE t (a int);\n"
                                + "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT; END $$;")
                .script("V2__call.sql", "CALL fill();");
        assertFalse(database.refresh().migrations().get(1).transactional());
        database.apply();
        database.script("V3__again.sql", "CALL fill();");
        assertFalse(database.refresh().migrations().get(0).transactional());
        database.apply();

        assertEquals("2", database.query("SELECT count(*) FROM t"));
    }

    @Test
    void aCallbackThatCommitsInEachMigrationIsNamed() {
        database.tables(1).script("beforeEachMigrate.sql", "COMMIT;");
        Migration migration = database.refresh().migrations().get(1);

        assertFalse(migration.transactional());
        assertTrue(
                migration.note().orElseThrow().contains("beforeEachMigrate.sql line 1: COMMIT"), migration.toString());
        database.apply();
        assertTrue(database.hasTable("t1"));
    }

    @Test
    void aCallbackThatFailsAfterTheMigrationsIsNotTakenForOne() {
        database.tables(2).script("afterMigrate.sql", "SELECT 1;\nSELECT 1/0;");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertEquals(
                "Callback afterMigrate.sql of database main failed at line 2: division by zero (SQLSTATE 22012)."
                        + " The migrations before it are applied; the database stands at revision 2.",
                failure.summary());
    }

    @Test
    void theNextMigrationDoesNotInheritTheModeOfItsTransaction() {
        database.script("V1__a.sql", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;")
                .script("V2__b.sql", "CREATE TABLE b (id int);")
                .apply();

        assertTrue(database.hasTable("b"));
    }

    /** A partitioned table with rows, and an index of its own. */
    private void partitioned(String table) {
        database.execute("CREATE TABLE " + table + " (id int) PARTITION BY RANGE (id);"
                + "CREATE TABLE " + table + "_1 PARTITION OF " + table + " FOR VALUES FROM (0) TO (9);"
                + "CREATE INDEX " + table + "_id ON " + table + " (id);"
                + "CREATE TABLE plain (id int); CREATE INDEX plain_id ON plain (id)");
        for (String name : List.of(table, table + "_1", "plain")) {
            database.execute("ALTER TABLE " + name + " OWNER TO " + database.user);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX TABLE orders;",
                "REINDEX INDEX public.orders_id;",
                "REINDEX (VERBOSE) TABLE \"orders\";",
                "-- all of it\nreindex table\n  orders ;",
                "CLUSTER orders USING orders_id;"
            })
    void whatIsPartitionedIsRebuiltOutsideOfATransaction(String sql) {
        partitioned("orders");
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "0");
        Migration planned = migrations(database.script("V1__rebuild.sql", sql)).get(0);

        assertFalse(planned.transactional());
        assertTrue(planned.note().orElseThrow().contains("line "), planned.toString());
        database.apply();
        assertEquals("t", database.query("SELECT success FROM flyway_schema_history WHERE version = '1'"));
        assertFalse(database.hasTable("flyway_schema_history_progress"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX TABLE plain;",
                "REINDEX INDEX plain_id;",
                "CLUSTER plain USING plain_id;",
                "REINDEX TABLE orders_1;"
            })
    void whatIsNotPartitionedIsRebuiltInATransaction(String sql) {
        partitioned("orders");
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "0");
        database.script("V1__rebuild.sql", sql + "\nCREATE TABLE beside (id int);");

        assertTrue(migrations(database).get(0).transactional());
        database.apply();
        assertTrue(database.hasTable("beside"));
    }

    @Test
    void whatEarlierMigrationsPartitionIsRebuiltOutsideOfATransaction() {
        database.script(
                        "V1__table.sql",
                        "CREATE TABLE \"Orders\" (id int) PARTITION BY LIST (id);\nCREATE INDEX orders_id ON \"Orders\" (id);")
                .script("V2__table.sql", "REINDEX TABLE \"Orders\";")
                .script("V3__index.sql", "REINDEX INDEX orders_id;")
                .script("V4__other.sql", "REINDEX TABLE flyway_schema_history;");

        assertEquals(
                List.of(true, false, false, true),
                migrations(database).stream().map(Migration::transactional).toList());
        database.apply();
        assertEquals("4", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void aRebuildOfSomethingPartitionedBesideOtherStatementsIsRefusedByThePlan() {
        partitioned("orders");
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "0");
        database.script("V1__rebuild.sql", "CREATE TABLE beside (id int);\nREINDEX TABLE orders;");

        Diagnostic problem = Findings.only(
                "postgres.unreadable-migration", database.refresh().findings());
        assertTrue(problem.summary().contains("line 2: REINDEX TABLE orders"), problem.summary());
        database.migrations().put("mixed", true);
        assertFalse(migrations(database).get(0).transactional());
        database.apply();
        assertTrue(database.hasTable("beside"));
    }

    private static List<Migration> migrations(TestDatabase database) {
        return Migration.pending(database.refresh().migrations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON t (id);",
                "VACUUM t;",
                "REINDEX TABLE CONCURRENTLY t;",
                "ALTER SYSTEM RESET work_mem;"
            })
    void anOptionThatAsksForATransactionDoesNotGiveOneToWhatCannotHaveIt(String sql) {
        database.script("V1__t.sql", "CREATE TABLE t (id int);").apply();
        database.script("V2__outside.sql", sql).script("V2__outside.sql.conf", "executeInTransaction=true\n");
        database.execute("ALTER ROLE " + database.user + " SUPERUSER");

        Migration planned = migrations(database).get(0);

        assertFalse(planned.transactional());
        assertEquals(
                List.of("postgres.not-transactional"),
                Findings.codes(database.refresh().findings()));
        database.apply();
        assertEquals("t", database.query("SELECT success FROM flyway_schema_history WHERE version = '2'"));
    }

    /** Flyway assumes that it cannot run in a transaction, which was so before PostgreSQL 12. */
    @Test
    void anOptionThatAsksForATransactionGivesOneToWhatCanHaveIt() {
        database.script("V1__t.sql", "CREATE TYPE colour AS ENUM ('red');").apply();
        database.script("V2__value.sql", "ALTER TYPE colour ADD VALUE 'blue';\nSELECT 1/0;")
                .script("V2__value.sql.conf", "executeInTransaction=true\n");

        assertTrue(migrations(database).get(0).transactional());
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);
        assertTrue(failure.summary().contains("It was rolled back"), failure.summary());
        assertEquals("1", database.query("SELECT count(*) FROM pg_enum"));
    }
}
