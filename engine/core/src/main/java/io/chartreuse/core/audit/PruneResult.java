package io.chartreuse.core.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What retention takes, or has taken, off the record.
 *
 * @param runs      ids of runs, oldest first
 * @param plans     ids of plans that no run names any more, or that none executed in time
 * @param approvals how many approvals of such plans
 * @param kept      why no further run goes although it is over the limit; empty where none is
 */
public record PruneResult(List<String> runs, List<String> plans, int approvals, Optional<String> kept) {
    public PruneResult {
        runs = List.copyOf(runs);
        plans = List.copyOf(plans);
        Objects.requireNonNull(kept, "kept");
    }

    /** Whether there is nothing to take. */
    public boolean isEmpty() {
        return runs.isEmpty() && plans.isEmpty() && approvals == 0;
    }
}
