package io.chartreuse.provider.postgres.flyway;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Flyway on its own thread, because a thread that waits for the server's answer does not notice an interrupt. */
final class CancellableRun {

    private static final Logger LOG = LoggerFactory.getLogger(CancellableRun.class);
    private static final long CANCEL_AGAIN_MILLIS = 250;
    private static final int CANCEL_ATTEMPTS = 120;

    private final RunListener listener;
    private final FutureTask<Void> task;
    private final Thread worker;

    CancellableRun(String database, Runnable migration, RunListener listener) {
        this.listener = listener;
        this.task = new FutureTask<>(migration, null);
        this.worker = new Thread(task, "migrate-" + database);
        worker.setDaemon(true);
    }

    /**
     * Runs it to its end.
     *
     * @throws RuntimeException the exception of the run
     * @throws InterruptedException where the calling thread is interrupted; then the run has ended before this returns
     */
    void await() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        worker.start();
        try {
            task.get();
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /** Repeats the request until the run ends: at the first one the server may have been between two statements. */
    private void stop() {
        for (int attempt = 0; attempt < CANCEL_ATTEMPTS && !task.isDone(); attempt++) {
            listener.cancel();
            worker.interrupt();
            rest();
        }
        if (!task.isDone()) {
            LOG.warn("{} did not end after its statement was cancelled", worker.getName());
        }
    }

    private void rest() {
        try {
            task.get(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("{} has not ended yet", worker.getName());
        } catch (InterruptedException e) {
            LOG.debug("interrupted again; {} is being stopped already", worker.getName());
        } catch (ExecutionException e) {
            LOG.debug("{} was stopped", worker.getName(), e.getCause());
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        if (failure.getCause() instanceof RuntimeException cause) {
            return cause;
        }
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(failure.getCause());
    }
}
