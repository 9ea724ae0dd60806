package io.chartreuse.provider.kubernetes.workload;

import java.time.Instant;
import java.util.Objects;

/**
 * Who stops a workload, and when; written on each object that is changed.
 *
 * @param holder whose workloads they are
 * @param runId  the run that does it
 * @param at     when
 */
public record StopMark(String holder, String runId, Instant at) {
    public StopMark {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(at, "at");
    }

    Hold hold() {
        return new Hold(holder, runId, at.toString());
    }
}
