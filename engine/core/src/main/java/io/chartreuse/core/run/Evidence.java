package io.chartreuse.core.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What ties a run to the one before it and to who allowed it, what it cost and what it left behind.
 *
 * @param previous  the release's run before this one; empty for its first
 * @param removals  what retention took off the record while this was the newest run, in that order
 * @param approvals fingerprints of the keys whose approvals counted, sorted
 * @param downtimes of the workloads that it stopped; empty while it goes on
 * @param policies  the rules that let its plan pass, in the order of their files
 * @param foundStopped what earlier runs had stopped and was stopped still when it began
 * @param state     the digest of the state of the release that was recorded after it; empty while it goes on, and where
 *                  none could be recorded
 * @param exportFailures where it could not be exported, in that order; the last of them were written after its end
 */
public record Evidence(
        Optional<RunLink> previous,
        List<Removal> removals,
        List<String> approvals,
        List<Downtime> downtimes,
        List<RuleVerdict> policies,
        List<EarlierStop> foundStopped,
        Optional<String> state,
        List<ExportFailure> exportFailures) {

    /** For a first run without approvals. */
    public static final Evidence NONE = new Evidence(Optional.empty(), List.of(), List.of(), List.of(), List.of());

    public Evidence {
        Objects.requireNonNull(previous, "previous");
        removals = List.copyOf(removals);
        Objects.requireNonNull(state, "state");
        approvals = List.copyOf(approvals);
        downtimes = List.copyOf(downtimes);
        policies = List.copyOf(policies);
        foundStopped = List.copyOf(foundStopped);
        exportFailures = List.copyOf(exportFailures);
    }

    /** Where no state was recorded yet, and no export has failed. */
    public Evidence(
            Optional<RunLink> previous,
            List<Removal> removals,
            List<String> approvals,
            List<Downtime> downtimes,
            List<RuleVerdict> policies) {
        this(previous, removals, approvals, downtimes, policies, List.of(), Optional.empty(), List.of());
    }

    /** The same, with what the run's stops cost. */
    public Evidence with(List<Downtime> times) {
        return new Evidence(previous, removals, approvals, times, policies, foundStopped, state, exportFailures);
    }

    /** The same, with who and what let the plan pass when the run was resumed. */
    public Evidence admitted(List<String> keys, List<RuleVerdict> verdicts) {
        return new Evidence(previous, removals, keys, downtimes, verdicts, foundStopped, state, exportFailures);
    }

    /** The same, with the digest of what was recorded after the run. */
    public Evidence leaving(Optional<String> recorded) {
        return new Evidence(previous, removals, approvals, downtimes, policies, foundStopped, recorded, exportFailures);
    }

    /** The same, with what was found stopped when the run began. */
    public Evidence found(List<EarlierStop> stops) {
        return new Evidence(previous, removals, approvals, downtimes, policies, stops, state, exportFailures);
    }
}
