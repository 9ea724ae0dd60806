package io.chartreuse.core.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What ties a run to the one before it and to who allowed it, what it cost and what it left behind.
 *
 * @param previous  the release's run before this one; empty for its first
 * @param removed   the newest run that retention had taken off the record when this one began
 * @param approvals fingerprints of the keys whose approvals counted, sorted
 * @param downtimes of the workloads that it stopped; empty while it goes on
 * @param state     the digest of the state of the release that was recorded after it; empty while it goes on, and where
 *                  none could be recorded
 */
public record Evidence(
        Optional<Link> previous,
        Optional<Link> removed,
        List<String> approvals,
        List<Downtime> downtimes,
        Optional<String> state) {

    /** Of a first run that nobody approved. */
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty(), List.of(), List.of());

    public Evidence {
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(removed, "removed");
        Objects.requireNonNull(state, "state");
        approvals = List.copyOf(approvals);
        downtimes = List.copyOf(downtimes);
    }

    /** Where no state was recorded yet. */
    public Evidence(Optional<Link> previous, Optional<Link> removed, List<String> approvals, List<Downtime> downtimes) {
        this(previous, removed, approvals, downtimes, Optional.empty());
    }

    /** The same, with what the run's stops cost. */
    public Evidence with(List<Downtime> times) {
        return new Evidence(previous, removed, approvals, times, state);
    }

    /** The same, with the digest of what was recorded after the run. */
    public Evidence leaving(Optional<String> recorded) {
        return new Evidence(previous, removed, approvals, downtimes, recorded);
    }
}
