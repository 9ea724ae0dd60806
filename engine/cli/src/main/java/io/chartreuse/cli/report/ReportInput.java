package io.chartreuse.cli.report;

import io.chartreuse.core.approval.Approver;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a page tells of a run.
 *
 * @param recorded  the run
 * @param plan      what it executed, where that can be read
 * @param approvers who approved it
 * @param next      the run that names it as the one before it, where there is one
 * @param problem   what does not fit in the record as a whole; empty where all does
 * @param madeAt    when this was put together
 * @param madeBy    the version of Chartreuse that did
 */
public record ReportInput(
        RecordedRun recorded,
        Optional<Plan> plan,
        List<Approver> approvers,
        Optional<String> next,
        Optional<String> problem,
        Instant madeAt,
        String madeBy) {
    public ReportInput {
        Objects.requireNonNull(recorded, "recorded");
        Objects.requireNonNull(plan, "plan");
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(madeAt, "madeAt");
        Objects.requireNonNull(madeBy, "madeBy");
    }

    Run run() {
        return recorded.run();
    }
}
