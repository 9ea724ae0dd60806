package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Printer;
import io.chartreuse.core.apply.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in order when the process is asked to end (SIGTERM, Ctrl-C): from {@link #guard} until this is closed, the
 * virtual machine waits until the command has finished its work and reported the result. One for each command line,
 * used by its thread.
 */
public final class OrderlyEnd implements AutoCloseable {

    private static final String REASON = "the process was asked to end";

    /** For the work after the grace period: steps react to the interrupt, workloads are brought back. */
    private static final Duration TO_RECOVER = Duration.ofMinutes(5);

    private final CountDownLatch done = new CountDownLatch(1);
    private Optional<Thread> hook = Optional.empty();

    /**
     * Begins to guard the command's work.
     *
     * @param signal  raised when the process is asked to end
     * @param grace   how long steps under way may then go on
     * @param printer prints that the process was asked to end
     */
    void guard(StopSignal signal, Duration grace, Printer printer) {
        hook = Optional.of(new Thread(() -> end(signal, grace, printer), "orderly-end"));
        Runtime.getRuntime().addShutdownHook(hook.get());
    }

    /**
     * Does this work, which changes nothing yet, and releases what it holds if the process is asked to end meanwhile.
     *
     * @param release called from another thread while the virtual machine ends
     */
    <T> T releasing(Runnable release, Work<T> work) throws InterruptedException {
        Thread ending = new Thread(release, "release");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return work.get();
        } finally {
            remove(ending);
        }
    }

    /** What may be interrupted. */
    @FunctionalInterface
    interface Work<T> {
        T get() throws InterruptedException;
    }

    /** Runs in the virtual machine's shutdown; what the command does goes on meanwhile. */
    private void end(StopSignal signal, Duration grace, Printer printer) {
        signal.raise(REASON, grace);
        printer.line("Asked to end: nothing more is begun.");
        try {
            done.await(grace.plus(TO_RECOVER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        hook.ifPresent(OrderlyEnd::remove);
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the virtual machine is ending: the hook runs, or has seen that we are done
        }
    }
}
