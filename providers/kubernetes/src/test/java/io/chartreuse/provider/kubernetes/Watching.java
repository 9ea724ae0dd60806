package io.chartreuse.provider.kubernetes;

import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.MaintenanceWatcher;
import io.chartreuse.spi.provider.Provider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A provider that watches stopped workloads as for the engine, and its reports. */
final class Watching implements MaintenanceWatcher.Interference, AutoCloseable {

    private static final long PATIENCE_MILLIS = 60_000;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile RuntimeException failure;

    Watching(Provider provider, Step step) {
        this.thread = new Thread(() -> {
            try {
                ((MaintenanceWatcher) provider).watch(step, this);
            } catch (InterruptedException over) {
                told.add("over");
            } catch (RuntimeException e) {
                failure = e;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void putBack(String message) {
        told.add("put back: " + message);
    }

    @Override
    public void still(String message) {
        told.add("still: " + message);
    }

    List<String> told() {
        return List.copyOf(told);
    }

    /** The first line with that in it; waits for it. */
    String await(String part) {
        await(() -> told.stream().anyMatch(line -> line.contains(part)), part);
        return told.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    /** Why it ended the run; waits for it. */
    RuntimeException awaitFailure() {
        await(() -> failure != null, "a failure");
        return failure;
    }

    void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain for " + what + "; told: " + told + ", failure: " + failure);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Called as the engine does before any workload is started. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
