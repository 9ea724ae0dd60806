package io.chartreuse.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that took time.
 *
 * @param end  of one that has not ended: until when it is shown
 * @param open whether it has not ended, or nobody knows when
 * @param kind how it went: a word for the style, such as {@code succeeded}
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
