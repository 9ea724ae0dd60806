package io.chartreuse.provider.postgres.alembic;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that does not outlive the call that started it. */
final class ChildProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** A project of ten thousand revisions, each with a long text. */
    private static final int OUTPUT_LINES = 500_000;

    private static final int ERROR_LINES = 2_000;

    private final Call call;
    private final Process process;
    private final LineReader output;
    private final LineReader errors;

    private ChildProcess(Call call, Process process) {
        this.call = call;
        this.process = process;
        this.output = new LineReader(process.getInputStream(), call, OUTPUT_LINES);
        this.errors = new LineReader(process.getErrorStream(), call, ERROR_LINES);
    }

    /**
     * Runs it to its end.
     *
     * @throws IOException          where it cannot be started
     * @throws TimeoutException     where it took longer than it may; it was ended
     * @throws InterruptedException where the thread is interrupted; it was asked to end (SIGTERM) and has ended
     */
    static Output run(Call call) throws IOException, TimeoutException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        ProcessBuilder builder = new ProcessBuilder(DeathSignal.INSTANCE.bound(call.command()))
                .directory(call.directory().toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(call.environment());
        return new ChildProcess(call, builder.start()).await();
    }

    private Output await() throws TimeoutException, InterruptedException {
        try {
            if (!ended()) {
                throw new TimeoutException();
            }
            return new Output(process.exitValue(), output.lines(), errors.lines());
        } finally {
            stop();
        }
    }

    private boolean ended() throws InterruptedException {
        if (call.limit().isEmpty()) {
            process.waitFor();
            return true;
        }
        return process.waitFor(call.limit().get().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks first, and lets it and what it started no longer live than the grace. Nothing to do where it has ended. */
    private void stop() {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        family.forEach(ProcessHandle::destroy);
        boolean interrupted = false;
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            LOG.debug("interrupted again; process {} is being stopped already", process.pid());
        }
        family.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
