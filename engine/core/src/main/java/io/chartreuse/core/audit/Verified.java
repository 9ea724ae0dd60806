package io.chartreuse.core.audit;

import io.chartreuse.core.run.Link;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A release's runs, found to be as they were recorded.
 *
 * @param runs    in the order of the chain
 * @param removed the newest run that retention took off the record before them, where it did
 */
public record Verified(List<Recorded> runs, Optional<Link> removed) {

    public Verified {
        runs = List.copyOf(runs);
        Objects.requireNonNull(removed, "removed");
    }

    static Verified of(List<Recorded> runs) {
        return new Verified(runs, runs.stream().findFirst().flatMap(Recorded::previous));
    }

    /** Those whose record says that they could not be exported, in the order of the chain. */
    public List<Recorded> unexported() {
        return runs.stream()
                .filter(recorded -> !recorded.run().evidence().exportFailures().isEmpty())
                .toList();
    }

    /** The newest run; whoever notes its digest elsewhere can tell later whether it, or one before it, was changed. */
    public Optional<Recorded> head() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }
}
