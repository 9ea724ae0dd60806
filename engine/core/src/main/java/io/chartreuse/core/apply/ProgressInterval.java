package io.chartreuse.core.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often the progress of a step is recorded: at first each second, then the less often the longer it takes, so that a
 * record of hours still fits where the backend keeps it. Used by the step's threads.
 */
final class ProgressInterval {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int PART = 20;

    private final Clock clock;
    private final Instant begun;
    private Instant next;

    ProgressInterval(Clock clock) {
        this.clock = clock;
        this.begun = clock.instant();
        this.next = begun;
    }

    /** Whether it is time again; if so, the time begins anew. */
    synchronized boolean isDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        Duration part = Duration.between(begun, now).dividedBy(PART);
        next = now.plus(part.compareTo(SHORTEST) < 0 ? SHORTEST : part);
        return true;
    }
}
