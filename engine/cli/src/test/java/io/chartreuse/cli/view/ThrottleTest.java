package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ThrottleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

    private final Throttle throttle = new Throttle();

    @Test
    void theFirstMessagePassesAtOnce() {
        assertEquals(Optional.of("3 left"), throttle.offer("1", "3 left", NOW));
    }

    @Test
    void theSameMessageDoesNotPassTwice() {
        throttle.offer("1", "3 left", NOW);
        assertEquals(Optional.empty(), throttle.offer("1", "3 left", NOW.plusSeconds(5)));
    }

    @Test
    void anotherMessageWithinASecondIsHeldBackAndComesLater() {
        throttle.offer("1", "3 left", NOW);
        assertEquals(Optional.empty(), throttle.offer("1", "2 left", NOW.plusMillis(200)));
        assertEquals(Optional.empty(), throttle.offer("1", "1 left", NOW.plusMillis(400)));
        assertEquals(List.of(), throttle.due(NOW.plusMillis(900)));
        assertEquals(List.of(new Throttle.Due("1", "1 left")), throttle.due(NOW.plusMillis(1000)));
        assertEquals(List.of(), throttle.due(NOW.plusMillis(2000)));
    }

    @Test
    void stepsDoNotHoldEachOtherBack() {
        throttle.offer("1", "3 left", NOW);
        assertEquals(Optional.of("3 left"), throttle.offer("2", "3 left", NOW));
    }

    @Test
    void aStepThatIsSilentForLongIsHeardAgain() {
        throttle.offer("1", "1 left", NOW);
        assertEquals(List.of(), throttle.due(NOW.plusSeconds(29)));
        assertEquals(List.of(new Throttle.Due("1", "1 left")), throttle.due(NOW.plusSeconds(30)));
    }

    @Test
    void aStepThatEndedIsNotHeardAgain() {
        throttle.offer("1", "1 left", NOW);
        throttle.forget("1");
        assertEquals(List.of(), throttle.due(NOW.plusSeconds(60)));
    }
}
