package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One run at a time migrates a database, and a run never waits for itself. */
@Timeout(120)
@SuppressWarnings("try")
class OwnLockTest {

    private static final String HELD = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
            + " AND classid = 1667785074 AND objid = 1953654133"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static final String EXECUTING = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
            + " AND datname = current_database() AND application_name = 'chartreuse shop run-killed'"
            + " AND query LIKE '%pg_sleep%'";

    private final TestDatabase database = new TestDatabase();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void whatCannotRunInATransactionDoesNotWaitForOurselves() {
        database.settings.put("lockRetryBudget", "0s");
        database.script(
                        "V1__objects.sql",
                        "CREATE TABLE t (id int, at date); CREATE TYPE mood AS ENUM ('sad');"
                                + "CREATE TABLE p (id int) PARTITION BY LIST (id);"
                                + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
                                + "CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; CREATE UNIQUE INDEX mx ON m (x);")
                .script("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON t (id);")
                .script("V3__mood.sql", "ALTER TYPE mood ADD VALUE 'happy';")
                .script("V4__vacuum.sql", "VACUUM (ANALYZE) t;")
                .script("V5__reindex.sql", "REINDEX TABLE CONCURRENTLY t;")
                .script("V5__reindex.sql.conf", "executeInTransaction=false")
                .script("V6__full.sql", "VACUUM FULL t;")
                .script("V7__detach.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;")
                .script("V7__detach.sql.conf", "executeInTransaction=false")
                .script("V8__view.sql", "REFRESH MATERIALIZED VIEW CONCURRENTLY m;")
                .script("V9__drop.sql", "DROP INDEX CONCURRENTLY i;")
                .apply();

        assertEquals("9", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void theLockIsHeldIdleWhileMigrationsRunAndGoneAfterwards() throws Exception {
        Resource planned =
                database.script("V1__slow.sql", "SELECT pg_sleep(1);").refresh();
        AtomicReference<String> lock = new AtomicReference<>("");
        database.converge(
                planned,
                message -> lock.set(database.query(
                        "SELECT application_name || '|' || state || '|' || coalesce(xact_start::text, 'no transaction')"
                                + " || '|' || (" + HELD + ") FROM pg_stat_activity"
                                + " WHERE application_name LIKE 'chartreuse-lock%' AND datname = current_database()")));

        assertEquals("chartreuse-lock shop run-7|idle|no transaction|1", lock.get());
        awaitQuery(HELD, "0");
    }

    @Test
    void aSecondRunSaysWhoHoldsItAndFailsWithExitCode4() throws Exception {
        Resource planned = slow();
        database.settings.put("lockWait", "300ms");
        FutureTask<ObjectNode> first = begin(planned, "run-7", Progress.NONE);
        awaitQuery(HELD, "1");

        Diagnostic locked = Findings.thrown("postgres.locked", () -> converge(planned, "run-8", said::add));
        assertEquals(4, locked.code().type().exitCode());
        assertTrue(
                locked.summary().startsWith("Database main is locked by chartreuse shop run-7 (pid "),
                locked.summary());
        assertTrue(locked.summary().contains(", user " + database.user + ", since "), locked.summary());
        assertTrue(said.get(0).startsWith("waiting: database main is locked by chartreuse shop run-7"), said::toString);
        assertEquals(planned.desired(), first.get(60, TimeUnit.SECONDS));
    }

    @Test
    void aSecondRunThatWaitsLongEnoughFindsTheWorkDone() throws Exception {
        Resource planned = slow();
        FutureTask<ObjectNode> first = begin(planned, "run-7", Progress.NONE);
        awaitQuery(HELD, "1");

        assertEquals(planned.desired(), converge(planned, "run-8", said::add));
        assertEquals(planned.desired(), first.get(60, TimeUnit.SECONDS));
        assertFalse(said.stream().anyMatch(text -> text.startsWith("migration")), said::toString);
    }

    @Test
    void twoDatabasesOfARunThatAreOneWaitForEachOtherWithoutLimit() throws Exception {
        Resource planned = slow();
        database.settings.put("lockWait", "0s");
        TestDatabase other = new TestDatabase();
        other.settings.setAll(database.settings.deepCopy());
        other.migrations().putArray("schemas").add("second");
        other.migrations()
                .putArray("locations")
                .add(other.directory.resolve("migrations").toString());
        Resource others = other.tables(1).refresh();
        FutureTask<ObjectNode> first = begin(planned, "run-7", Progress.NONE);
        awaitQuery(HELD, "1");

        assertEquals(others.desired(), other.converge(others, said::add));
        assertTrue(said.get(0).contains("is locked by chartreuse shop run-7"), said::toString);
        assertEquals(planned.desired(), first.get(60, TimeUnit.SECONDS));
    }

    @Test
    void aServerProcessThatStillWorksForADeadRunIsWaitedFor() throws Exception {
        Resource planned = database.tables(1).refresh();
        try (Rival orphan = new Rival(database.name).execute("SET application_name = 'chartreuse shop run-6'")) {
            database.converge(planned, message -> {
                said.add(message);
                if (message.contains("run-6")) {
                    orphan.close();
                }
            });

            assertTrue(
                    said.get(0)
                            .startsWith("waiting: database main still has a session of an earlier run,"
                                    + " chartreuse shop run-6 (pid " + orphan.pid()),
                    said::toString);
        }
        assertTrue(database.hasTable("t1"));
    }

    @Test
    void anOrphanThatDoesNotEndIsRefused() {
        database.settings.put("lockWait", "0s");
        Resource planned = database.tables(1).refresh();
        try (Rival orphan = new Rival(database.name).execute("SET application_name = 'chartreuse shop run-6'")) {
            Diagnostic locked = Findings.thrown("postgres.locked", () -> database.apply(planned));

            assertTrue(locked.remedy().contains("pg_terminate_backend(" + orphan.pid() + ")"), locked.remedy());
        }
        assertFalse(database.hasTable("t1"));
    }

    @Test
    void readersAreNotMistakenForRuns() throws Exception {
        database.settings.put("lockWait", "0s");
        Resource planned = database.tables(1).refresh();
        try (Rival reader = new Rival(database.name).execute("SET application_name = 'chartreuse shop'")) {
            assertEquals(planned.desired(), database.apply(planned));
        }
    }

    @Test
    void aLockThatIsLostIsSaidAndTakenAgain() throws Exception {
        Resource planned = database.script("V1__until_it_may_end.sql", """
                        DO $$ BEGIN
                          WHILE to_regnamespace('may_end') IS NULL LOOP PERFORM pg_sleep(0.05); END LOOP;
                        END $$;
                        """).refresh();
        FutureTask<ObjectNode> run = begin(planned, "run-7", message -> {
            said.add(message);
            if (message.equals("database main has its lock again")) {
                database.execute("CREATE SCHEMA may_end");
            }
        });
        awaitQuery(HELD, "1");
        database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name LIKE 'chartreuse-lock%' AND datname = current_database()");

        assertEquals(planned.desired(), run.get(60, TimeUnit.SECONDS));
        assertTrue(
                said.stream()
                        .anyMatch(text -> text.startsWith("database main has lost the session that holds its lock")),
                said::toString);
        assertTrue(said.contains("database main has its lock again"), said::toString);
    }

    @Test
    void ofAProcessThatIsKilledNothingRemains() throws Exception {
        database.script("V1__slow.sql", "CREATE TABLE t1 (id int); SELECT pg_sleep(600);");
        Process killed = KilledRun.start(database);
        awaitQuery(EXECUTING, "1");
        killed.destroyForcibly().waitFor();
        awaitQuery(HELD, "0");
        assertEquals("1", database.query(EXECUTING));

        Resource planned =
                database.script("V1__slow.sql", "CREATE TABLE t1 (id int);").refresh();
        assertEquals(planned.desired(), converge(planned, "run-8", said::add));
        assertTrue(
                said.get(0)
                        .startsWith("waiting: database main still has a session of an earlier run,"
                                + " chartreuse shop run-killed (pid "),
                said::toString);
        assertEquals("0", database.query(EXECUTING));
    }

    private Resource slow() {
        return database.script("V1__slow.sql", "SELECT pg_sleep(3);").refresh();
    }

    private FutureTask<ObjectNode> begin(Resource planned, String run, Progress progress) {
        FutureTask<ObjectNode> task = new FutureTask<>(() -> converge(planned, run, progress));
        new Thread(task, run).start();
        return task;
    }

    private ObjectNode converge(Resource planned, String run, Progress progress) throws InterruptedException {
        Step step = TestDatabase.step(planned);
        try (Provider provider = database.provider()) {
            return provider.converge(new Step(step.id(), step.change(), step.to(), run), progress);
        }
    }

    private void awaitQuery(String query, String answer) {
        while (!database.query(query).equals(answer)) {
            Thread.onSpinWait();
        }
    }
}
