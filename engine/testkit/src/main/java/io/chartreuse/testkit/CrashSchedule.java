package io.chartreuse.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When a simulated process dies. Whatever of the in-memory provider and backend shares it counts its touches of the
 * world; at the appointed one, and from then on, every touch throws {@link ProcessKilled} and leaves the world alone.
 */
public final class CrashSchedule {

    private final int last;
    private final AtomicInteger touches = new AtomicInteger();

    private CrashSchedule(int last) {
        this.last = last;
    }

    /** Never dies. */
    public static CrashSchedule immortal() {
        return new CrashSchedule(Integer.MAX_VALUE);
    }

    /** Dies behind its {@code count}th touch; 0: before the first. */
    public static CrashSchedule after(int count) {
        return new CrashSchedule(count);
    }

    /** To be called before each touch of the world. */
    void touch() {
        if (touches.incrementAndGet() > last) {
            throw new ProcessKilled();
        }
    }

    /** How many touches there were. */
    public int touches() {
        return touches.get();
    }
}
