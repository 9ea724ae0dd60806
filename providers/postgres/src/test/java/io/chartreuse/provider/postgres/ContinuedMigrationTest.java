package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration outside of a transaction whose process is killed: the next apply does the rest, and repeats nothing. */
@Timeout(600)
class ContinuedMigrationTest {

    private static final String FIVE = "V2__five.sql";
    private static final String ORPHAN = "FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'chartreuse shop run-killed' AND state = 'active'";

    private static final String ACTIVE = "FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'chartreuse shop run-7' AND state = 'active'";

    private final TestDatabase database = new TestDatabase()
            .waitingForLocks()
            .script(
                    "V1__tables.sql",
                    "CREATE TABLE t1 (id int);\nCREATE TABLE t2 (id int);\nCREATE TABLE t3 (id int);\n"
                            + "CREATE TABLE t4 (id int);\nCREATE TABLE t5 (id int);\n"
                            + "INSERT INTO t1 VALUES (1); INSERT INTO t5 VALUES (1), (2);\n"
                            + "CREATE PROCEDURE fill(upto int) LANGUAGE plpgsql AS $$ BEGIN"
                            + " FOR i IN 1..upto LOOP INSERT INTO t3 VALUES (i); COMMIT; END LOOP; END $$;");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatTheServerCompletesAfterAKillIsNotDoneAgain(int statement) throws Exception {
        five();
        Gate gate = killedAt(statement);
        gate.open();
        database.apply();

        assertAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void whatTheServerDidNotCompleteIsDone(int statement) throws Exception {
        five();
        Gate gate = killedAt(statement);
        endOrphan();
        gate.open();
        Diagnostic finding = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertFalse(finding.isError());
        assertTrue(
                finding.summary().contains("With the next apply it goes on at statement " + statement + " of 5"),
                finding.summary());
        database.apply();

        assertAsUndisturbed();
        assertTrue(
                database.progress.stream()
                        .anyMatch(said -> said.startsWith(FIVE + " goes on at statement " + statement)),
                database.progress::toString);
    }

    @Test
    void thePlanOfTheKilledRunIsStillGood() throws Exception {
        database.remove("V1__tables.sql")
                .script("V1__tables.sql", "CREATE TABLE t1 (id int);")
                .apply();
        database.script(FIVE, "VACUUM t1;\nCREATE INDEX CONCURRENTLY t1_id ON t1 (id);\nVACUUM t1;");
        Resource planned = database.refresh();
        Gate gate = killedAt(1);
        gate.open();

        assertEquals(planned.desired(), database.apply(planned));
    }

    @Test
    void anIndexCompletedByTheServerIsSaidToBe() throws Exception {
        five();
        Gate gate = killedAt(1);
        gate.open();
        database.awaitNoSessions();
        database.apply();

        assertTrue(
                database.progress.contains(
                        FIVE + " goes on at statement 2 of 5: the server has completed the index public.t1_id"),
                database.progress::toString);
    }

    @Test
    void aProcedureThatDiedHalfWayIsAskedAbout() throws Exception {
        five();
        Gate gate = killedAt(3);
        endOrphan();
        gate.open();
        Diagnostic finding = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertTrue(finding.isError());
        assertTrue(finding.remedy().contains("Look what statement 3 has done."), finding.remedy());
        Findings.thrown("postgres.unfinished-migration", database::apply);

        assertEquals(
                List.of(
                        "false let V2__five.sql go on at statement 3 of 5, which runs again",
                        "false take statement 3 of V2__five.sql for done",
                        "false forget that V2__five.sql was begun, with 2 of 5 statements done"),
                repairs().stream()
                        .map(repair -> repair.certain() + " " + repair.action())
                        .toList());
        repair(repairs().get(0));
        database.apply();
        assertAsUndisturbed();
    }

    /** The note says that a procedure has started only once the server has committed that. */
    @Test
    void aProcedureThatNeverReachedTheServerRunsWithoutAsking() throws Exception {
        five();
        Gate gate = killedAt(3);
        assertEquals("3", database.query("SELECT started FROM flyway_schema_history_progress"));
        endOrphan();
        gate.open();
        database.execute("UPDATE flyway_schema_history_progress SET started = done");

        assertFalse(database.refresh().findings().stream().anyMatch(Diagnostic::isError));
        database.apply();
        assertAsUndisturbed();
    }

    @Test
    void aStatementThatAPersonTakesForDoneDoesNotRunAgain() throws Exception {
        five();
        Gate gate = killedAt(3);
        endOrphan();
        gate.open();
        database.execute("INSERT INTO t3 SELECT generate_series(1, 3)");
        repair(repairs().get(1));
        database.apply();

        assertAsUndisturbed();
    }

    @Test
    void aFailedStatementIsTriedAgainWithoutThoseBeforeIt() {
        five();
        database.script("V1__tables.sql", "CREATE TABLE t2 (id int);\nCREATE TABLE t5 (id int, name text);")
                .script(
                        FIVE,
                        "INSERT INTO t2 VALUES (1);\nCREATE UNIQUE INDEX CONCURRENTLY t5_id ON t5 (id);\n"
                                + "INSERT INTO t2 VALUES (3);")
                .script("V1_5__double.sql", "INSERT INTO t5 VALUES (1), (1)");
        Findings.thrown("postgres.migration-failed", database::apply);
        assertTrue(Findings.only("postgres.failed-entry", database.refresh().findings())
                .remedy()
                .contains("The next apply goes on at statement 2, as long as the file stays as it is"));
        repairs().stream().filter(Repair::certain).forEach(this::repair);
        database.execute("DELETE FROM t5").apply();

        assertEquals("1,3", database.query("SELECT string_agg(id::text, ',' ORDER BY id) FROM t2"));
        assertEquals("3", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void aConnectionLostInAStatementDoesNotRepeatThoseBeforeIt() throws Exception {
        database.script("V1__tables.sql", "CREATE TABLE t1 (id int); CREATE TABLE t2 (id int)")
                .apply();
        database.script(FIVE, "INSERT INTO t1 VALUES (1);\nINSERT INTO t2 VALUES (1);\nVACUUM t1;")
                .script(FIVE + ".conf", "executeInTransaction=false");
        Gate gate = Gate.shut(TestServer.connect(database.name), "LOCK TABLE t2 IN SHARE MODE");
        Underway run = new Underway(database, database.refresh());
        run.await(() -> database.query("SELECT wait_event_type " + ACTIVE).equals("Lock"));
        database.query("SELECT pg_terminate_backend(pid) " + ACTIVE);
        run.awaitSaid("the primary is found again");
        gate.open();
        run.ended();

        assertTrue(run.hasSaid("V2__five.sql goes on at statement 2 of 3"), run.said::toString);
        assertEquals("1", database.query("SELECT count(*) FROM t1"));
        assertEquals("1", database.query("SELECT count(*) FROM t2"));
    }

    @Test
    void aConnectionLostBetweenAStatementAndItsAnswerDoesNotRepeatIt() throws Exception {
        database.script("V1__tables.sql", "CREATE TABLE t1 (id int)").apply();
        database.script(FIVE, "CREATE SEQUENCE once;").script(FIVE + ".conf", "executeInTransaction=false");
        try (Proxy network = new Proxy(TestServer.port())) {
            database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + network.port() + "/" + database.name);
            Resource planned = database.refresh();
            network.loseAnswer("CREATE SEQUENCE");

            assertEquals(planned.desired(), database.apply(planned));
        }
        assertTrue(
                database.progress.stream().anyMatch(said -> said.contains("the primary is found again")),
                database.progress::toString);
        assertTrue(database.hasTable("once"));
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void sessionSettingsOfStatementsThatAreDoneHoldForTheOthers() throws Exception {
        database.script(
                        FIVE,
                        "CREATE SCHEMA other;\nSET search_path = other;\nCREATE TABLE here (id int);\nVACUUM public.t4;\n"
                                + "CREATE TABLE there (id int);")
                .script(FIVE + ".conf", "executeInTransaction=false");
        Gate gate = killedAt(4);
        endOrphan();
        gate.open();
        database.apply();

        assertTrue(database.hasTable("other.here"));
        assertTrue(database.hasTable("other.there"));
    }

    @Test
    void whatASessionKeepsIsNotContinuedWithoutAsking() throws Exception {
        database.script(FIVE, "CREATE TEMP TABLE gone (id int);\nVACUUM t4;\nINSERT INTO gone VALUES (1);")
                .script(FIVE + ".conf", "executeInTransaction=false");
        Gate gate = killedAt(4);
        endOrphan();
        gate.open();

        assertTrue(Findings.only(
                        "postgres.unfinished-migration", database.refresh().findings())
                .isError());
    }

    @Test
    void aMigrationWithItsOwnTransactionsGoesOnBehindTheLastCommit() throws Exception {
        database.script(
                FIVE,
                "BEGIN;\nINSERT INTO t2 VALUES (1);\nCOMMIT;\nBEGIN;\nINSERT INTO t2 VALUES (2);\n"
                        + "INSERT INTO t4 VALUES (2);\nCOMMIT;\nINSERT INTO t2 VALUES (3);");
        Gate gate = killedAt(4);
        endOrphan();
        gate.open();
        database.apply();

        assertEquals("1,2,3", database.query("SELECT string_agg(id::text, ',' ORDER BY id) FROM t2"));
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void anEditedFileIsNotContinued() throws Exception {
        five();
        Gate gate = killedAt(2);
        endOrphan();
        gate.open();
        database.script(FIVE, "VACUUM t1;");

        assertTrue(Findings.only(
                        "postgres.unfinished-migration", database.refresh().findings())
                .isError());
        assertEquals(
                List.of("true forget that V2__five.sql was begun, with 1 of 5 statements done"),
                repairs().stream()
                        .map(repair -> repair.certain() + " " + repair.action())
                        .toList());
    }

    @Test
    void proceduresThatHandSomethingBackAndAnswersToErrorsAreAsEver() {
        database.script(
                        "V1__back.sql",
                        "CREATE PROCEDURE back(INOUT x int) LANGUAGE plpgsql AS $$ BEGIN COMMIT; x := 1; END $$;\n"
                                + "CREATE TABLE t3 (id int);\n"
                                + "CREATE PROCEDURE fails() LANGUAGE plpgsql AS $$ BEGIN COMMIT; PERFORM 1 / 0; END $$;")
                .remove("V1__tables.sql")
                .script("V2__calls.sql", "CALL back(1);\nDO $$ BEGIN INSERT INTO t3 VALUES (1); COMMIT; END $$;")
                .script("V3__fails.sql", "SELECT 1;\n\nCALL fails();");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary().contains("failed at line 3: division by zero (SQLSTATE 22012)"), failure.summary());
        assertEquals("1", database.query("SELECT count(*) FROM t3"));
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    private void five() {
        database.script(
                        FIVE,
                        "-- one\nCREATE INDEX CONCURRENTLY t1_id ON t1(id) WHERE id > 0 AND id::text <> 'x;';\n"
                                + "INSERT INTO t2 VALUES (2);\nCALL fill(3);\nVACUUM t4;\n"
                                + "CREATE UNIQUE INDEX CONCURRENTLY t5_id ON t5 (id);")
                .script(FIVE + ".conf", "executeInTransaction=false");
    }

    private void assertAsUndisturbed() {
        assertEquals(
                "t1_id,t5_id",
                database.query("SELECT string_agg(indexrelid::regclass::text, ',' ORDER BY 1) FROM"
                        + " pg_index WHERE indisvalid AND indrelid::regclass::text IN ('t1', 't5')"));
        assertEquals("0", database.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid"));
        assertEquals("1", database.query("SELECT count(*) FROM t2"));
        assertEquals("1,2,3", database.query("SELECT string_agg(id::text, ',' ORDER BY id) FROM t3"));
        TestDatabase undisturbed = new TestDatabase();
        undisturbed.migrations().set("locations", database.migrations().get("locations"));
        undisturbed.apply();
        String history =
                "SELECT string_agg(concat_ws('|', installed_rank, version, description, type, script, checksum,"
                        + " success), ',' ORDER BY installed_rank) FROM flyway_schema_history";
        assertEquals(undisturbed.query(history), database.query(history));
        assertFalse(database.hasTable("flyway_schema_history_progress"));
        assertEquals(
                List.of(),
                database.refresh().findings().stream()
                        .filter(Diagnostic::isError)
                        .toList());
    }

    /** Kills the process while its statement waits for that table; the server's process waits on. */
    private Gate killedAt(int table) throws Exception {
        first();
        Gate gate =
                Gate.shut(TestServer.connect(database.name), "LOCK TABLE t" + table + " IN SHARE ROW EXCLUSIVE MODE");
        Process run = KilledRun.start(database);
        String statement = table == 3 ? "fill" : "t" + table;
        await(
                "SELECT count(*) = 1 " + ORPHAN + " AND wait_event_type = 'Lock' AND query LIKE '%" + statement + "%'",
                run);
        run.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        return gate;
    }

    /** The migration before the one that will be killed. */
    private void first() {
        database.migrations().put("target", "1");
        database.apply();
        database.migrations().remove("target");
    }

    private void endOrphan() {
        database.query("SELECT count(pg_terminate_backend(pid)) " + ORPHAN);
        database.awaitNoSessions();
    }

    private void await(String condition) {
        while (!database.query(condition).equals("t")) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void await(String condition, Process run) throws Exception {
        while (!database.query(condition).equals("t")) {
            assertTrue(run.isAlive(), () -> "ended: " + database.directory);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private List<Repair> repairs() {
        try (Provider provider = database.provider()) {
            return ((Repairable) provider).repairs();
        }
    }

    private void repair(Repair repair) {
        try (Provider provider = database.provider()) {
            ((Repairable) provider).repair(repair);
        }
    }
}
