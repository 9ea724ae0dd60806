package io.chartreuse.provider.kubernetes.workload;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One waiting thread's part of a shared watch: only events that concern it wake the thread. */
final class Interest<T> implements AutoCloseable {

    private final Predicate<? super T> which;
    private final Supplier<List<T>> objects;
    private final Consumer<Interest<T>> end;
    private final Semaphore changes;

    /** @param changes gets a permit for each change; may be shared with other watches */
    Interest(Predicate<? super T> which, Semaphore changes, Supplier<List<T>> objects, Consumer<Interest<T>> end) {
        this.changes = changes;
        this.which = which;
        this.objects = objects;
        this.end = end;
    }

    /**
     * The objects that concern it, from the latest events.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the watch ended and cannot be resumed
     */
    List<T> objects() {
        return objects.get().stream().filter(which).toList();
    }

    /** Waits for news since the last wait; false where no news came in time. */
    boolean await(long nanos) throws InterruptedException {
        if (!changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        changes.drainPermits();
        return true;
    }

    void changed(T object) {
        if (which.test(object)) {
            wake();
        }
    }

    void wake() {
        changes.release();
    }

    @Override
    public void close() {
        end.accept(this);
    }
}
