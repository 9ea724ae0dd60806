package io.chartreuse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T07:00:00Z");
    private static final Duration LONG = Duration.ofHours(3);

    private static Span span(Duration from, Duration took) {
        return new Span(BEGIN.plus(from), BEGIN.plus(from).plus(took), false, "succeeded");
    }

    private static void assertInside(Axis axis, Span span) {
        assertTrue(axis.left(span) >= 0, "left " + axis.left(span));
        assertTrue(axis.width(span) >= Axis.NARROWEST - 1e-9, "width " + axis.width(span));
        assertTrue(axis.left(span) + axis.width(span) <= 100 + 1e-9, "right of " + span);
    }

    @Test
    void whatTookNoTimeBesideWhatTookHoursCanBeSeenAndStaysInside() {
        Axis axis = Axis.of(BEGIN, BEGIN.plus(LONG), List.of());
        for (Duration from :
                List.of(Duration.ZERO, Duration.ofMillis(5), LONG.minusMillis(1), LONG, LONG.plusHours(1))) {
            assertInside(axis, span(from, Duration.ZERO));
            assertInside(axis, span(from, Duration.ofMillis(5)));
        }
        assertEquals(100, axis.width(span(Duration.ZERO, LONG)));
        assertEquals(50, axis.left(span(LONG.dividedBy(2), Duration.ZERO)), 1e-6);
    }

    @Test
    void aRunThatTookNoTimeHasAnAxisToo() {
        Axis axis = Axis.of(BEGIN, BEGIN, List.of());
        assertInside(axis, span(Duration.ZERO, Duration.ZERO));
        assertEquals(List.of(Duration.ZERO), axis.ticks());
    }

    @Test
    void laterIsNeverFurtherLeft() {
        Axis axis = Axis.of(BEGIN, BEGIN.plus(LONG), List.of(span(Duration.ofMinutes(2), Duration.ofMinutes(170))));
        double before = -1;
        for (int minute = -1; minute < 190; minute++) {
            double at = axis.at(BEGIN.plus(Duration.ofMinutes(minute)));
            assertTrue(at >= before, "minute " + minute);
            before = at;
        }
    }

    @Test
    void aLongTimeWithoutAProcessTakesANarrowGap() {
        Axis axis = Axis.of(BEGIN, BEGIN.plus(LONG), List.of(span(Duration.ofMinutes(5), Duration.ofMinutes(170))));
        assertEquals(1, axis.gaps().size());
        assertEquals(48, axis.at(BEGIN.plus(Duration.ofMinutes(5))), 1e-6);
        assertEquals(52, axis.at(BEGIN.plus(Duration.ofMinutes(175))), 1e-6);
        assertEquals(List.of(Duration.ZERO, LONG), axis.ticks());
    }

    @Test
    void ticksAreRoundAndFew() {
        for (long millis : new long[] {1, 7, 999, 4_600, 61_000, 3_600_000, 10_800_000, 400_000_000, 40_000_000_000L}) {
            List<Duration> ticks =
                    Axis.of(BEGIN, BEGIN.plusMillis(millis), List.of()).ticks();
            assertTrue(ticks.size() >= 2 && ticks.size() <= 6, millis + ": " + ticks);
        }
    }
}
