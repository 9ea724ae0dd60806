package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the one thread that waits, whenever anything that is watched changes. */
final class Signal<T> implements ResourceEventHandler<T> {

    private final Semaphore changes;

    Signal(Semaphore changes) {
        this.changes = changes;
    }

    /** Waits for a change since the last wait; false where none came in time. */
    static boolean await(Semaphore changes, long nanos) throws InterruptedException {
        if (!changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        changes.drainPermits();
        return true;
    }

    @Override
    public void onAdd(T added) {
        changes.release();
    }

    @Override
    public void onUpdate(T before, T after) {
        changes.release();
    }

    @Override
    public void onDelete(T deleted, boolean stateUnknown) {
        changes.release();
    }
}
