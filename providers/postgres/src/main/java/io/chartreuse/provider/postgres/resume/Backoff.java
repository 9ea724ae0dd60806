package io.chartreuse.provider.postgres.resume;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses, each drawn at random so that many clients of a server that comes back do not come at once. Pure. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int DOUBLINGS = 6;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause before the next attempt: between half and the whole of what has doubled with each of them.
     *
     * @param attempts that were made, from 1
     */
    Duration after(int attempts) {
        long whole = Math.min(FIRST.toMillis() << Math.min(DOUBLINGS, attempts - 1), LONGEST.toMillis());
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
