package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** A migration that runs on its own thread while a test does something to its server. */
final class Underway implements Progress {

    final List<String> said = new CopyOnWriteArrayList<>();
    final List<String> warned = new CopyOnWriteArrayList<>();
    volatile boolean stopping;
    private final FutureTask<ObjectNode> run;

    Underway(TestDatabase database, Resource planned) {
        run = new FutureTask<>(() -> database.converge(planned, this));
        Thread thread = new Thread(run, "underway");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void report(String message) {
        said.add(message);
    }

    @Override
    public void warn(String message) {
        warned.add(message);
        report(message);
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    /** Waits until the condition holds; if the run ends meanwhile, fails the test with the run's failure. */
    void await(BooleanSupplier condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
        while (!condition.getAsBoolean()) {
            if (run.isDone()) {
                run.get();
            }
            Assertions.assertTrue(System.nanoTime() < until, () -> "never came to it: " + said);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    void awaitSaid(String text) throws Exception {
        await(() -> said.stream().anyMatch(message -> message.contains(text)));
    }

    boolean hasSaid(String text) {
        return said.stream().anyMatch(message -> message.contains(text));
    }

    /** Its result. */
    ObjectNode ended() throws Exception {
        return run.get(300, TimeUnit.SECONDS);
    }

    /** Its failure. */
    ChartreuseException failed() {
        return (ChartreuseException) failure();
    }

    Throwable failure() {
        return Assertions.assertThrows(
                        ExecutionException.class, () -> run.get(300, TimeUnit.SECONDS), () -> "did not fail: " + said)
                .getCause();
    }
}
