package io.chartreuse.cli.report;

import io.chartreuse.cli.view.Elapsed;
import java.time.Duration;

/** How long something took, also where that is milliseconds. */
final class Lengths {

    private static final long SHORT = 1_000;

    private Lengths() {}

    /** {@code 5 ms}, {@code 2.1s}, {@code 3h04m}. */
    static String of(Duration duration) {
        return duration.toMillis() < SHORT ? duration.toMillis() + " ms" : Elapsed.of(duration);
    }
}
