package io.chartreuse.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
public final class Elapsed {

    private Elapsed() {}

    /** {@code 0.4s}, {@code 42s}, {@code 3m05s}, {@code 2h10m}, {@code 3d04h}. */
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        long hours = seconds / 3600;
        return hours < 48
                ? String.format(Locale.ROOT, "%dh%02dm", hours, seconds / 60 % 60)
                : String.format(Locale.ROOT, "%dd%02dh", hours / 24, hours % 24);
    }
}
