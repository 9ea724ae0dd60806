package io.chartreuse.provider.kubernetes.workload;

import java.util.concurrent.TimeUnit;

/**
 * Those who wait for pods at the same time. Whoever sees no more of its own waits a moment for the others, so that one
 * look at the API server does for all: a stage ends with its last step, so nobody is kept up.
 */
final class Company {

    private int busy;

    synchronized void join() {
        busy++;
    }

    synchronized void leave() {
        busy--;
        if (busy == 0) {
            notifyAll();
        }
    }

    /** Returns when nobody is busy, at the latest after that long. */
    synchronized void await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (busy > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }
}
