package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AlembicInterruptionTest {

    private static final String SLEEPING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = 'chartreuse shop run-7' AND query LIKE '%pg_sleep%'";

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    @Test
    void theProcessEndsAndTheServerRollsBackWhatItDid() throws Exception {
        Resource planned = project.row("a")
                .revision(
                        "b",
                        "\"a\"",
                        "import os, pathlib\n"
                                + "pathlib.Path(\"" + database.directory + "/pid\").write_text(str(os.getpid()))\n"
                                + "op.execute(\"SELECT pg_sleep(600)\")")
                .refresh();
        FutureTask<Object> run = new FutureTask<>(() -> database.converge(planned, Progress.NONE));
        Thread thread = new Thread(run);
        thread.start();
        await("1");
        long pid = Long.parseLong(Files.readString(database.directory.resolve("pid")));
        thread.interrupt();

        assertInstanceOf(
                InterruptedException.class,
                assertThrows(ExecutionException.class, () -> run.get(60, TimeUnit.SECONDS))
                        .getCause());
        assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertEquals("0", database.query(SLEEPING));
        assertFalse(database.hasTable("a"));
    }

    private void await(String count) throws Exception {
        CompletableFuture<Void> seen = CompletableFuture.runAsync(
                () -> {
                    while (!database.query(SLEEPING).equals(count)) {
                        Thread.onSpinWait();
                    }
                },
                TestDatabase.OWN_THREAD);
        seen.get(60, TimeUnit.SECONDS);
    }
}
