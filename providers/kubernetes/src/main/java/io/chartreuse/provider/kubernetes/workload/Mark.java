package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/**
 * Who stops a workload, and when; written on what is touched.
 *
 * @param release whose workloads they are
 * @param runId   the run that does it
 * @param at      when
 */
public record Mark(String release, String runId, Instant at) {
    public Mark {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(at, "at");
    }

    void writeTo(ObjectNode annotations) {
        annotations.put(Annotations.RUN, runId).put(Annotations.STOPPED_AT, at.toString());
    }
}
