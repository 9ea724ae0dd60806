package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Migrations that meet locks of others. */
@Timeout(120)
@SuppressWarnings("try")
class LockTimeoutTest {

    private final TestDatabase database = new TestDatabase();
    private final List<String> said = new CopyOnWriteArrayList<>();

    LockTimeoutTest() {
        database.execute("GRANT pg_read_all_stats TO " + database.user);
        database.settings.put("lockTimeout", "200ms").put("lockRetryBudget", "60s");
    }

    @Test
    void aMigrationIsTriedAgainUntilTheLockIsFree() throws Exception {
        database.tables(1).apply();
        Resource planned = database.script("V2__more.sql", "CREATE TABLE more (id int); ALTER TABLE t1 ADD x int;")
                .refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE t1 IN ACCESS EXCLUSIVE MODE")) {
            assertEquals(planned.desired(), database.converge(planned, whenSaid("(attempt 2)", rival::commit)));
        }

        String told = first("(attempt 1)");
        assertTrue(told.startsWith("V2__more.sql did not get its lock and was rolled back"), told);
        assertTrue(told.contains("(a rival, user postgres, idle in transaction for "), told);
        assertTrue(told.contains(") holds AccessExclusiveLock on public.t1; again in "), told);
        assertEquals("1", database.query("SELECT count(*) FROM flyway_schema_history WHERE version = '2'"));
        assertTrue(database.hasTable("more"));
    }

    @Test
    void whoIsInTheWayIsToldAsSoonAsItIsSeen() throws Exception {
        database.tables(1).apply();
        Resource planned =
                database.script("V2__more.sql", "ALTER TABLE t1 ADD x int;").refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; SELECT * FROM t1")) {
            database.converge(planned, whenSaid("waiting for a lock: pid " + rival.pid(), rival::commit));
        }

        assertTrue(first("waiting for a lock").endsWith("holds AccessShareLock on public.t1"), said::toString);
    }

    @Test
    void whatWasAppliedBeforeIsNotAppliedAgain() throws Exception {
        database.tables(1).apply();
        Resource planned = database.script("V2__other.sql", "CREATE TABLE other (id int);")
                .script("V3__more.sql", "ALTER TABLE t1 ADD x int;")
                .refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE t1")) {
            database.converge(planned, whenSaid("(attempt 1)", rival::commit));
        }

        assertTrue(first("(attempt 1)").contains("1 migration is left"), said::toString);
        assertEquals("3", database.query("SELECT count(*) FROM flyway_schema_history"));
    }

    @Test
    void aBudgetThatIsSpentFailsTheMigrationWhichLeavesNothing() {
        database.settings.put("lockRetryBudget", "1s");
        database.tables(1).apply();
        database.script("V2__more.sql", "CREATE TABLE more (id int);\nALTER TABLE t1 ADD x int;");
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE t1")) {
            Diagnostic failure = Findings.thrown("postgres.lock-timeout", database::apply);

            assertTrue(
                    failure.summary().startsWith("Migration V2__more.sql of database main failed at line 2"),
                    failure.summary());
            assertTrue(failure.summary().contains("the database stands at revision 1"), failure.summary());
            assertTrue(failure.summary().contains(" times in "), failure.summary());
            assertTrue(failure.summary().contains("holds AccessExclusiveLock on public.t1"), failure.summary());
            assertTrue(failure.remedy().contains("SELECT pg_terminate_backend(" + rival.pid() + ")"), failure.remedy());
            assertEquals(1, failure.code().type().exitCode());
        }
        assertFalse(database.hasTable("more"));
    }

    @Test
    void noBudgetMeansOneAttempt() {
        database.settings.put("lockRetryBudget", "0s");
        database.tables(1).apply();
        database.script("V2__more.sql", "ALTER TABLE t1 ADD x int;");
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE t1")) {
            Findings.thrown("postgres.lock-timeout", () -> database.converge(database.refresh(), said::add));
        }
        assertFalse(said.stream().anyMatch(text -> text.contains("attempt")), said::toString);
    }

    @Test
    void aHistoryThatIsLockedIsWaitedForAsWell() throws Exception {
        database.tables(1).apply();
        Resource planned = database.tables(2).refresh();
        try (Rival rival =
                new Rival(database.name).execute("BEGIN; LOCK TABLE flyway_schema_history IN EXCLUSIVE MODE")) {
            database.converge(planned, whenSaid("(attempt 1)", rival::commit));
        }

        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history"));
        assertTrue(database.hasTable("t2"));
    }

    @Test
    void theVictimOfADeadlockIsTriedAgain() throws Exception {
        database.settings.put("lockTimeout", "0s");
        database.tables(2).apply();
        Resource planned = database.script(
                        "V3__both.sql",
                        "LOCK TABLE t1; SELECT pg_sleep(0.3); LOCK TABLE t2; CREATE TABLE pair (id int);")
                .refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; SET deadlock_timeout = '1h'; LOCK TABLE t2")) {
            Thread locker = new Thread(() -> rival.execute("LOCK TABLE t1; COMMIT"));
            database.converge(planned, message -> {
                if (message.contains("V3__both.sql") && locker.getState() == Thread.State.NEW) {
                    locker.start();
                }
            });
            locker.join();
        }

        assertTrue(database.hasTable("pair"));
    }

    @Test
    void anIndexBuiltConcurrentlyWaitsInOneGo() throws Exception {
        database.tables(1).apply();
        Resource planned = database.script("V2__index.sql", "-- slow\nCREATE INDEX CONCURRENTLY i ON t1 (id);")
                .refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; INSERT INTO t1 VALUES (1)")) {
            database.converge(planned, whenSaid("waiting for a lock", () -> {
                rival.execute("SELECT pg_sleep(1)");
                rival.commit();
            }));
        }

        assertEquals("t", database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"));
        assertFalse(said.stream().anyMatch(text -> text.contains("attempt")), said::toString);
    }

    @Test
    void anIndexThatGaveUpIsNotTriedAgainBecauseItLeftSomething() {
        database.settings.put("lockRetryBudget", "300ms");
        database.tables(1).apply();
        database.script("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);");
        try (Rival rival = new Rival(database.name).execute("BEGIN; INSERT INTO t1 VALUES (1)")) {
            Diagnostic failure = Findings.thrown("postgres.lock-timeout", database::apply);

            assertTrue(failure.summary().contains("what it did before remains"), failure.summary());
            assertTrue(failure.summary().contains("(a rival, user postgres, idle in transaction"), failure.summary());
        }
        Findings.only("postgres.failed-entry", database.refresh().findings());
    }

    @Test
    void aPauseIsInterrupted() throws Exception {
        database.settings.put("lockTimeout", "5s");
        database.tables(1).apply();
        Resource planned = database.script("V2__more.sql", "SET LOCAL lock_timeout = 1; ALTER TABLE t1 ADD x int;")
                .refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE t1")) {
            FutureTask<Object> run = new FutureTask<>(() -> {
                Thread runner = Thread.currentThread();
                return database.converge(planned, whenSaid("(attempt 1)", runner::interrupt));
            });
            new Thread(run).start();
            Throwable failure = assertThrows(ExecutionException.class, () -> run.get(60, TimeUnit.SECONDS))
                    .getCause();

            assertInstanceOf(InterruptedException.class, failure);
        }
    }

    @Test
    void aLoginThatSeesNoOthersSaysSo() throws Exception {
        database.execute("REVOKE pg_read_all_stats FROM " + database.user);
        database.tables(1).apply();
        Resource planned =
                database.script("V2__more.sql", "ALTER TABLE t1 ADD x int;").refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE t1")) {
            database.converge(planned, whenSaid("(attempt 1)", rival::commit));
        }

        String told = first("(attempt 1)");
        assertTrue(told.contains("state hidden: the role is not a member of pg_read_all_stats"), told);
        assertTrue(told.contains("(a rival, user postgres, "), told);
    }

    /** Does it at the first message that contains the text. */
    private Progress whenSaid(String text, Runnable action) {
        return message -> {
            boolean before = said.stream().anyMatch(earlier -> earlier.contains(text));
            said.add(message);
            if (!before && message.contains(text)) {
                action.run();
            }
        };
    }

    private String first(String text) {
        return said.stream()
                .filter(message -> message.contains(text))
                .findFirst()
                .orElseGet(() -> "never said: " + text + " in " + said);
    }
}
