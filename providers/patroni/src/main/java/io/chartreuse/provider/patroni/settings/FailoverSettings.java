package io.chartreuse.provider.patroni.settings;

import java.time.Duration;

/**
 * The rules for failovers and switchovers of a cluster during a release.
 *
 * @param pause            whether automatic failover is paused while databases migrate
 * @param allowPaused      whether a cluster counts as ready although others have paused its failover
 * @param switchoverWindow how long from now no switchover may be scheduled
 */
public record FailoverSettings(boolean pause, boolean allowPaused, Duration switchoverWindow) {

    /** Failover is not paused; others must not have paused it; no switchover may be scheduled within an hour. */
    public static final FailoverSettings DEFAULT = new FailoverSettings(false, false, Duration.ofHours(1));

    public FailoverSettings {
        if (switchoverWindow.isNegative()) {
            throw new IllegalArgumentException("a window cannot be " + switchoverWindow);
        }
    }
}
