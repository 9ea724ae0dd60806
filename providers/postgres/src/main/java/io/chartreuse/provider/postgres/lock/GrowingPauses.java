package io.chartreuse.provider.postgres.lock;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to rest between attempts: as long as one attempt waits at first, twice that after each further one, never
 * more than half a minute; and of that anything between half and all, so that several do not come back at once.
 *
 * @param first  before the second attempt, at the longest
 * @param chance between 0 and 1
 */
record GrowingPauses(Duration first, DoubleSupplier chance) {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(50);

    /** After that many attempts, the first one counts as one. */
    Duration after(int attempts) {
        long first = Math.max(SHORTEST.toMillis(), first().toMillis());
        long whole = Math.min(LONGEST.toMillis(), first << Math.min(attempts - 1, 20));
        return Duration.ofMillis(Math.round(whole * (0.5 + chance.getAsDouble() / 2)));
    }
}
