package io.chartreuse.core.audit;

import io.chartreuse.core.run.RunLink;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A release's runs, found to be as they were recorded.
 *
 * @param runs    in the order of the chain
 * @param removed the newest run that retention took off the record before them, where it did
 */
public record VerifiedRuns(List<RecordedRun> runs, Optional<RunLink> removed) {

    public VerifiedRuns {
        runs = List.copyOf(runs);
        Objects.requireNonNull(removed, "removed");
    }

    static VerifiedRuns of(List<RecordedRun> runs) {
        return new VerifiedRuns(runs, runs.stream().findFirst().flatMap(RecordedRun::previous));
    }

    /** Those whose record says that they could not be exported, in the order of the chain. */
    public List<RecordedRun> unexported() {
        return runs.stream()
                .filter(recorded -> !recorded.run().evidence().exportFailures().isEmpty())
                .toList();
    }

    /**
     * The newest run; with its digest noted elsewhere, an auditor can check later whether it, or a run before it, was
     * changed.
     */
    public Optional<RecordedRun> head() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }
}
