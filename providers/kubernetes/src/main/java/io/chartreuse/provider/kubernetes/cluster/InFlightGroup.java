package io.chartreuse.provider.kubernetes.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The steps that run at the same time. A step that has finished waits a moment for the others, so that one read of the
 * API server serves all of them. Work that is not urgent waits until no step runs.
 */
public final class InFlightGroup {

    private int busy;
    private long lastLeft = System.nanoTime() - Duration.ofDays(1).toNanos();
    private boolean hurried;

    public synchronized void join() {
        busy++;
    }

    public synchronized void leave() {
        busy--;
        lastLeft = System.nanoTime();
        if (busy == 0) {
            notifyAll();
        }
    }

    /** Returns when no member is busy, at the latest after that many nanoseconds. */
    public synchronized void await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (busy > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    /**
     * Returns when no member has been busy for {@code rest}, or when no member is busy and {@link #hurry} was called;
     * at the latest after {@code longest}.
     */
    public synchronized void awaitRest(Duration rest, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while (left > 0) {
            long resting = hurried ? 0 : rest.toNanos() - (System.nanoTime() - lastLeft);
            if (busy == 0 && resting <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, busy == 0 ? Math.min(left, resting) : left);
            left = end - System.nanoTime();
        }
    }

    /** Says that no more members will join: {@link #awaitRest} no longer waits for a rest. */
    public synchronized void hurry() {
        hurried = true;
        notifyAll();
    }
}
