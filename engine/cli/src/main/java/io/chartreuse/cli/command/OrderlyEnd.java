package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Printer;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in order when the process is told to end (SIGTERM, Ctrl-C): while this is open, the virtual machine waits
 * until what the command is doing is done and said. Closed by the thread that opened it.
 */
final class OrderlyEnd implements RunObserver, AutoCloseable {

    private static final String REASON = "the process was told to end";

    /** For what comes behind the grace: steps that must react, workloads that are brought back. */
    private static final Duration TO_RECOVER = Duration.ofMinutes(5);

    private final StopSignal signal;
    private final Duration grace;
    private final Printer printer;
    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::end, "orderly-end");
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean begun;

    /** @param printer told that the end was asked for */
    OrderlyEnd(StopSignal signal, Duration grace, Printer printer) {
        this.signal = signal;
        this.grace = grace;
        this.printer = printer;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Learns that the run has begun: from then on it ends by the signal alone. */
    @Override
    public synchronized void on(RunEvent event) {
        begun |= event instanceof RunEvent.RunBegun;
    }

    /** Runs in the virtual machine's shutdown; what the command does goes on meanwhile. */
    private void end() {
        signal.raise(REASON, grace);
        printer.line("Told to end: the current steps may go on for " + grace.toSeconds()
                + "s, then what was stopped is dealt with.");
        wake();
        try {
            done.await(grace.plus(TO_RECOVER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A command that still waits for the lock has nothing to end in order. */
    private synchronized void wake() {
        if (!begun) {
            worker.interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the virtual machine is ending: the hook has seen that we are done
        }
    }
}
