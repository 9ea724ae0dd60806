package io.chartreuse.provider.kubernetes.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Those who do the same at the same time. Who is through waits a moment for the others, so that one look at the API
 * server does for all; and what has time waits until nobody is at it.
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

    /** Returns when nobody is busy, at the latest after that long. */
    public synchronized void await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (busy > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    /**
     * Returns when nobody has been busy for as long as {@code rest}, or nobody is any more and {@link #hurry} was called;
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

    /** Nobody will come any more: who waits for a rest need not. */
    public synchronized void hurry() {
        hurried = true;
        notifyAll();
    }
}
