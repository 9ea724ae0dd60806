package io.chartreuse.provider.patroni.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.rest.Leader;
import io.chartreuse.spi.provider.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GateTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final PausedClock clock = new PausedClock();
    private final Gate gate = new Gate(clock, this::pass, Duration.ofSeconds(2));

    @Test
    void opensAtOnceWhereNothingIsMissing() throws Exception {
        assertTrue(gate.await(sees(ready()), Duration.ofSeconds(60), said::add).isReady());
        assertEquals(List.of(), pauses);
        assertEquals(List.of(), said);
    }

    @Test
    void looksEveryInterval() throws Exception {
        gate.await(sees(lacks("a"), lacks("a"), ready()), Duration.ofSeconds(60), Progress.NONE);

        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2)), pauses);
    }

    @Test
    void saysWhatIsMissingWhenItChanges() throws Exception {
        gate.await(sees(lacks("a"), lacks("a"), lacks("b"), ready()), Duration.ofSeconds(60), said::add);

        assertEquals(List.of("waiting: a", "waiting: b"), said);
    }

    @Test
    void looksALastTimeWhenTimeIsUp() throws Exception {
        ReadinessLook look = sees(lacks("a"), lacks("b"), lacks("c"), ready());

        ClusterReadiness last = gate.await(look, Duration.ofSeconds(3), said::add);

        assertFalse(last.isReady());
        assertEquals("c", last.what());
        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(1)), pauses);
    }

    @Test
    void looksOnceWhereItMayNotWait() throws Exception {
        assertEquals("a", gate.await(sees(lacks("a")), Duration.ZERO, said::add).what());
        assertEquals(List.of(), pauses);
    }

    @Test
    @Timeout(20)
    void stopsWaitingWhenItsThreadIsInterrupted() {
        Gate real = new Gate(Clock.systemUTC());
        ReadinessLook look = () -> {
            Thread.currentThread().interrupt();
            return lacks("a");
        };

        assertThrows(InterruptedException.class, () -> real.await(look, Duration.ofHours(1), Progress.NONE));
    }

    private void pass(Duration duration) {
        pauses.add(duration);
        clock.now = clock.now.plus(duration);
    }

    private static ReadinessLook sees(ClusterReadiness... readiness) {
        Deque<ClusterReadiness> left = new ArrayDeque<>(Arrays.asList(readiness));
        return left::remove;
    }

    private static ClusterReadiness ready() {
        return new ClusterReadiness(
                List.of(),
                EndpointPresence.PATRONI,
                Optional.of(new Leader("pg1", OptionalInt.empty())),
                new TreeMap<>(),
                Optional.empty());
    }

    private static ClusterReadiness lacks(String what) {
        return new ClusterReadiness(
                List.of(new ReadinessGap(what, "Fix it.")),
                EndpointPresence.PATRONI,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty());
    }

    /** A clock that only moves with the pauses. */
    private static final class PausedClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T07:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
