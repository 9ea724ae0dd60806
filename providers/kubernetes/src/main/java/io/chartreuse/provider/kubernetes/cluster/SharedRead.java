package io.chartreuse.provider.kubernetes.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A read that a hundred steps want at once, made once. Who asks while one is under way shares the next: what is
 * returned was never read before it was asked for.
 *
 * @param <V> what is read; shared between threads, so nobody may change it
 */
final class SharedRead<V> {

    private final Supplier<V> read;
    private final ReentrantLock reading = new ReentrantLock();
    private CompletableFuture<V> next;

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
            synchronized (this) {
                next = null;
            }
            mine.complete(read.get());
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            reading.unlock();
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
