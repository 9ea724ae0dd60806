package io.chartreuse.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When a simulated process dies. Whatever of the in-memory provider and backend shares it counts its touches of the
 * world; at the appointed one, and from then on, every touch throws {@link Killed} and leaves the world alone.
 */
public final class Mortality {

    private final int last;
    private final AtomicInteger touches = new AtomicInteger();

    private Mortality(int last) {
        this.last = last;
    }

    /** Never dies. */
    public static Mortality immortal() {
        return new Mortality(Integer.MAX_VALUE);
    }

    /** Dies behind its {@code count}th touch; 0: before the first. */
    public static Mortality after(int count) {
        return new Mortality(count);
    }

    /** To be called before each touch of the world. */
    void touch() {
        if (touches.incrementAndGet() > last) {
            throw new Killed();
        }
    }

    /** How many touches there were. */
    public int touches() {
        return touches.get();
    }
}
