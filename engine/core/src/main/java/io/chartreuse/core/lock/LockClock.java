package io.chartreuse.core.lock;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The time of a lock; injected, so that tests need not wait.
 *
 * @param clock   what people read; nothing is decided by it, as the clocks of two machines differ and jump
 * @param elapsed nanoseconds from any start, which pass at the same pace whatever is done to the clock
 * @param pause   lets time pass
 */
public record LockClock(Clock clock, LongSupplier elapsed, Sleeper pause) {

    public LockClock {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(pause, "pause");
    }

    /** The machine's own time beside this clock. */
    public static LockClock real(Clock clock) {
        return new LockClock(clock, System::nanoTime, Sleeper.REAL);
    }

    /** A mark for {@link #since}. */
    long now() {
        return elapsed.getAsLong();
    }

    /** How much time has passed since that mark. */
    Duration since(long mark) {
        return Duration.ofNanos(now() - mark);
    }
}
