package io.chartreuse.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Points in time for people: UTC, to the second or the millisecond. */
final class Times {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code 2026-11-22 07:00:00 UTC}. */
    static String of(Instant time) {
        return SECONDS.format(time) + " UTC";
    }

    /** {@code 07:00:00.125}, and the date where it is not the one of the beginning. */
    static String clock(Instant time, Instant beginning) {
        boolean sameDay = time.truncatedTo(ChronoUnit.DAYS).equals(beginning.truncatedTo(ChronoUnit.DAYS));
        return sameDay ? CLOCK.format(time) : SECONDS.format(time);
    }
}
