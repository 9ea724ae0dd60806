package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest {

    private static final String SLEEPING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%'"
                    + " AND state = 'active' AND pid <> pg_backend_pid()";

    private final TestDatabase database = new TestDatabase();

    @Test
    void theStatementIsCancelledAndRolledBack() throws Exception {
        database.tables(1).script("V2__slow.sql", "CREATE TABLE slow (id int);\nSELECT pg_sleep(600);");
        interruptWhileSleeping(database.refresh());

        assertEquals("0", database.query(SLEEPING));
        assertTrue(database.hasTable("t1"));
        assertFalse(database.hasTable("slow"));
        assertEquals("1 migration is pending", database.refresh().reason());
    }

    @Test
    void aNonTransactionalMigrationLeavesItsFailedEntry() throws Exception {
        database.script("V1__slow.sql", "SELECT pg_sleep(600);")
                .script("V1__slow.sql.conf", "executeInTransaction=false");
        interruptWhileSleeping(database.refresh());

        assertEquals("0", database.query(SLEEPING));
        Findings.only("postgres.failed-entry", database.refresh().findings());
    }

    @Test
    void aThreadThatIsInterruptedAlreadyTouchesNothing() throws Exception {
        Resource planned = database.tables(1).refresh();
        FutureTask<Object> run = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            return database.converge(planned, Progress.NONE);
        });
        new Thread(run).start();

        assertInstanceOf(InterruptedException.class, failure(run));
        assertFalse(database.hasTable("t1"));
    }

    private void interruptWhileSleeping(Resource planned) throws Exception {
        FutureTask<Object> run = new FutureTask<>(() -> database.converge(planned, Progress.NONE));
        Thread thread = new Thread(run);
        thread.start();
        await("1");
        thread.interrupt();

        assertInstanceOf(InterruptedException.class, failure(run));
    }

    private static Throwable failure(FutureTask<Object> run) {
        return assertThrows(ExecutionException.class, () -> run.get(30, TimeUnit.SECONDS))
                .getCause();
    }

    private void await(String count) throws Exception {
        CompletableFuture<Void> seen = CompletableFuture.runAsync(
                () -> {
                    while (!database.query(SLEEPING).equals(count)) {
                        Thread.onSpinWait();
                    }
                },
                TestDatabase.OWN_THREAD);
        seen.get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    }
}
