package io.chartreuse.provider.kubernetes.cluster;

import java.util.concurrent.TimeUnit;

/**
 * Those who do the same at the same time. Who is through waits a moment for the others, so that one look at the API
 * server does for all; and what has time waits until nobody is at it.
 */
public final class Company {

    private int busy;

    public synchronized void join() {
        busy++;
    }

    public synchronized void leave() {
        busy--;
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
}
