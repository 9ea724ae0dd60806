package io.chartreuse.provider.postgres.resume;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {

    private final Backoff backoff = new Backoff(new SplittableRandom());

    @RepeatedTest(20)
    void pausesGrowUpToABound() {
        assertBetween(125, 250, backoff.after(1));
        assertBetween(250, 500, backoff.after(2));
        assertBetween(2000, 4000, backoff.after(5));
        assertBetween(2500, 5000, backoff.after(6));
        assertBetween(2500, 5000, backoff.after(1000));
    }

    private static void assertBetween(long least, long most, Duration pause) {
        assertTrue(pause.toMillis() >= least && pause.toMillis() <= most, pause::toString);
    }
}
