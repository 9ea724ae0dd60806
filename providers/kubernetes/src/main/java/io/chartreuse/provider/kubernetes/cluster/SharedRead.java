package io.chartreuse.provider.kubernetes.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A read that a hundred steps want at once, made once. Who asks while one is under way shares the next: what is
 * returned was never read before it was asked for.
 *
 * @param <V> what is read; shared between threads, so nobody may change it
 */
final class SharedRead<V> {

    private static final Duration LONGEST_REST = Duration.ofMillis(250);

    private final Supplier<V> read;
    private final ReentrantLock reading = new ReentrantLock();
    private CompletableFuture<V> next;
    private long ended = System.nanoTime();
    private long rest;

    SharedRead(Supplier<V> read) {
        this.read = read;
    }

    V get() {
        CompletableFuture<V> mine;
        boolean first;
        synchronized (this) {
            first = next == null;
            if (first) {
                next = new CompletableFuture<>();
            }
            mine = next;
        }
        if (first) {
            read(mine);
        }
        return join(mine);
    }

    private void read(CompletableFuture<V> mine) {
        reading.lock();
        try {
            rest();
            synchronized (this) {
                next = null;
            }
            long begun = System.nanoTime();
            mine.complete(read.get());
            ended = System.nanoTime();
            rest = Math.min(LONGEST_REST.toNanos(), ended - begun);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            reading.unlock();
        }
    }

    /** As long as the last read took, so that more can share the next and the server has time for others. */
    private void rest() {
        long left = rest - (System.nanoTime() - ended);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private static <V> V join(CompletableFuture<V> mine) {
        try {
            return mine.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
