package io.chartreuse.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A period of time in the page's timeline.
 *
 * @param end  its end; if it has not ended, the time until which it is shown
 * @param open whether it has not ended, or its end is unknown
 * @param kind how it ended: a word for the style, such as {@code succeeded}
 */
record Span(Instant begin, Instant end, boolean open, String kind) {
    Span {
        Objects.requireNonNull(begin, "begin");
        Objects.requireNonNull(kind, "kind");
        end = end.isBefore(begin) ? begin : end; // clocks of two machines
    }

    Duration took() {
        return Duration.between(begin, end);
    }
}
