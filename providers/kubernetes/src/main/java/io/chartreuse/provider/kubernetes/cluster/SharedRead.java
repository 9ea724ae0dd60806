package io.chartreuse.provider.kubernetes.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets a hundred steps that want the same read share one. A caller that asks while a read runs shares the next read, so
 * that it never gets a value that was read before it asked.
 *
 * @param <V> what is read; shared between threads, so callers must not change it
 */
final class SharedRead<V> {

    private static final Duration LONGEST_REST = Duration.ofMillis(250);

    /** A caller that asks within this time of the previous one shares its read, as steps do that begin together. */
    private static final Duration COMPANY = Duration.ofMillis(5);

    private static final Duration LONGEST_GATHERING = Duration.ofMillis(50);

    private final Supplier<V> read;
    private final ReentrantLock reading = new ReentrantLock();
    private CompletableFuture<V> next;
    private int sharing;
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
            sharing++;
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
            gather();
            synchronized (this) {
                next = null;
                sharing = 0;
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

    /**
     * Waits as long as the last read took, so that more callers can share the next and the server has time for others.
     */
    private void rest() {
        long left = rest - (System.nanoTime() - ended);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits until no more callers join. */
    private void gather() {
        long end = System.nanoTime() + LONGEST_GATHERING.toNanos();
        int here;
        do {
            here = sharing();
            LockSupport.parkNanos(COMPANY.toNanos());
        } while (sharing() > here && end - System.nanoTime() > 0);
    }

    private synchronized int sharing() {
        return sharing;
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
