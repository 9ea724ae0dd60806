package io.chartreuse.provider.postgres.alembic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process. Closing it ends it and all processes that it has started. */
final class ChildProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final LineReader output;
    private final LineReader errors;

    private ChildProcess(Process process, LineReader output, LineReader errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Starts it.
     *
     * @param output receives each line of its standard output, on a thread of its own
     * @param end    called when there are no more of these
     * @param errors receives each line of its standard error, on another thread
     * @throws IOException where it cannot be started
     */
    static ChildProcess start(Call call, Consumer<String> output, Runnable end, Consumer<String> errors)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(call.command()).directory(call.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(call.environment());
        Process process = builder.start();
        return new ChildProcess(
                process,
                new LineReader(process.getInputStream(), output, end),
                new LineReader(process.getErrorStream(), errors, () -> {}));
    }

    /**
     * Runs it to its end, with nothing to read.
     *
     * @throws IOException          where it cannot be started
     * @throws TimeoutException     where it took longer than it may; it was ended
     * @throws InterruptedException where the thread is interrupted; it was ended
     */
    static Output run(Call call, Masking masking, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        List<String> errors = Collections.synchronizedList(new ArrayList<>());
        try (ChildProcess child = start(
                call, line -> lines.add(masking.masked(line)), () -> {}, line -> errors.add(masking.masked(line)))) {
            child.process.getOutputStream().close();
            int exit = child.exit(limit);
            return new Output(exit, List.copyOf(lines), List.copyOf(errors));
        }
    }

    /** @throws IOException where the process no longer reads */
    void write(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, once it has ended and all its output was read. */
    int exit(Duration limit) throws TimeoutException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException();
        }
        output.join();
        errors.join();
        return process.exitValue();
    }

    /** Sends SIGTERM first, and kills the process and its children after the grace period. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        family.forEach(ProcessHandle::destroy);
        CompletableFuture<?> ends = CompletableFuture.allOf(
                family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        boolean interrupted = false;
        try {
            ends.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("process {} does not end when it is asked to", process.pid());
        }
        family.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
