package io.chartreuse.core.session;

import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.StopSignal;
import java.time.Duration;
import java.util.Objects;

/**
 * How a plan is applied.
 *
 * @param parallelism how many steps of a stage may run at once
 * @param patience    how long to wait for a run that is alive and holds the lock
 */
public record ApplyOptions(int parallelism, Duration patience, StopSignal stop, RunObserver observer) {
    public ApplyOptions {
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(observer, "observer");
    }
}
