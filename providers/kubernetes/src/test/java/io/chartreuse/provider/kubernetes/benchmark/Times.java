package io.chartreuse.provider.kubernetes.benchmark;

import java.time.Duration;

/**
 * How long a round took.
 *
 * @param stop  from the first write that stops until all pods are gone
 * @param start from then to the answer of the last write that starts
 */
record Times(Duration stop, Duration start) {

    Duration total() {
        return stop.plus(start);
    }

    /** {@code  4.40 s (3.32 + 1.08)}. */
    @Override
    public String toString() {
        return "%6.2f s (%.2f + %.2f)".formatted(seconds(total()), seconds(stop), seconds(start));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
