package io.chartreuse.provider.kubernetes.workload;

import java.util.Objects;

/**
 * Why something is kept in maintenance.
 *
 * @param holder the release, or the name that its configuration holds workloads under
 * @param run    that began it; empty where it is not known, as with the earlier tool
 * @param since  in ISO 8601; empty where it is not known
 */
record Hold(String holder, String run, String since) {
    Hold {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(since, "since");
    }

    /** {@code run 20261122t060000z-3fa2c1 of release shop since 2026-11-22T06:00:00Z}. */
    @Override
    public String toString() {
        return (run.isEmpty() ? "" : "run " + run + " of ")
                + "release "
                + holder
                + (since.isEmpty() ? "" : " since " + since);
    }
}
