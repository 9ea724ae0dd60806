package io.chartreuse.provider.postgres.pause;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void theyDoubleUpToHalfAMinute() {
        assertEquals(
                List.of(3L, 6L, 12L, 24L, 30L, 30L), seconds(new Backoff(Duration.ofSeconds(3), LONGEST, () -> 1)));
    }

    @Test
    void chanceTakesAtMostHalf() {
        assertEquals(List.of(1L, 3L, 6L, 12L, 15L, 15L), seconds(new Backoff(Duration.ofSeconds(3), LONGEST, () -> 0)));
    }

    @Test
    void aTimeoutOfNothingStillRests() {
        assertEquals(Duration.ofMillis(50), new Backoff(Duration.ZERO, LONGEST, () -> 1).after(1));
    }

    @Test
    void aThousandAttemptsDoNotOverflow() {
        assertEquals(Duration.ofSeconds(30), new Backoff(Duration.ofHours(3), LONGEST, () -> 1).after(1000));
    }

    private static List<Long> seconds(Backoff pauses) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(attempts -> pauses.after(attempts).toSeconds())
                .toList();
    }
}
