package io.chartreuse.core.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a run is asked to end in order; may be raised from any thread, once. */
public final class StopSignal {

    private final Clock clock;
    private volatile String reason;
    private volatile Instant deadline;

    public StopSignal(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks the run to begin nothing more.
     *
     * @param why   for the record: {@code SIGTERM}
     * @param grace how long the current steps may still take before they are interrupted; zero where they must not go
     *              on
     */
    public synchronized void raise(String why, Duration grace) {
        Instant until = clock.instant().plus(grace);
        if (reason == null || until.isBefore(deadline)) {
            deadline = until;
            reason = why;
        }
    }

    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    boolean isRaised() {
        return reason != null;
    }

    boolean isOver() {
        return reason != null && !clock.instant().isBefore(deadline);
    }
}
