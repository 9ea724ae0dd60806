package io.chartreuse.core.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What ties a run to the one before it and to who allowed it, and what it cost.
 *
 * @param previous  the release's run before this one; empty for its first
 * @param removed   the newest run that retention had taken off the record when this one began
 * @param approvals fingerprints of the keys whose approvals counted, sorted
 * @param downtimes of the workloads that it stopped; empty while it goes on
 */
public record Evidence(
        Optional<Link> previous, Optional<Link> removed, List<String> approvals, List<Downtime> downtimes) {

    /** Of a first run that nobody approved. */
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty(), List.of(), List.of());

    public Evidence {
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(removed, "removed");
        approvals = List.copyOf(approvals);
        downtimes = List.copyOf(downtimes);
    }

    /** The same, with what the run's stops cost. */
    public Evidence with(List<Downtime> times) {
        return new Evidence(previous, removed, approvals, times);
    }
}
