package io.chartreuse.provider.kubernetes;

import io.chartreuse.spi.provider.Progress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A progress that remembers its messages, so that a test can await them. */
final class ReportedProgress implements Progress {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void report(String message) {
        lines.add(message);
    }

    boolean contains(String line) {
        return lines.contains(line);
    }

    /** Waits until a message contains the text. */
    void await(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (lines.stream().noneMatch(line -> line.contains(text))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nobody said \"" + text + "\": " + lines);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
