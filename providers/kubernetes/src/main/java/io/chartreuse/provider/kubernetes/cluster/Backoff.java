package io.chartreuse.provider.kubernetes.cluster;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long and how often one request is tried again after a transient failure.
 *
 * <p>Pauses double from 0.1 s to 5 s, with a random spread of one half, so that a hundred steps do not retry at the
 * same moment.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final long begun = System.nanoTime();
    private final long end;
    private int tries;

    Backoff(Duration budget) {
        this.end = begun + budget.toNanos();
    }

    /** How much of the budget is spent. */
    Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** How much of the budget is left. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    int tries() {
        return tries;
    }

    /**
     * Waits before the next try.
     *
     * @param asked the pause that the server asks for ({@code Retry-After})
     * @return false where the budget does not allow another one, or this thread was interrupted; its flag stays
     */
    boolean pause(Duration asked) {
        Duration pause = next();
        Duration chosen = asked.compareTo(pause) > 0 ? asked : pause;
        if (chosen.compareTo(remaining()) >= 0) {
            return false;
        }
        try {
            Thread.sleep(chosen.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration next() {
        long doubled = FIRST.toMillis() << Math.min(tries++, 10);
        long pause = Math.min(LONGEST.toMillis(), doubled);
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
    }
}
