package io.chartreuse.core.session;

import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The current state of a release, as far as it could be read.
 *
 * @param lock      the lease, if a process holds the lock; it may have lapsed
 * @param lastRun   the newest run on record
 * @param lastPlan  the plan of that run, where it can be read
 * @param resources as just read
 * @param recorded  whether the backend could be read; if not, lock and last run are unknown
 * @param problems  why something could not be read; it is then missing above
 * @param drift     the drift since the last run, if that was asked for and the record can be read
 */
public record ReleaseStatus(
        Release release,
        Optional<Lease> lock,
        Optional<Run> lastRun,
        Optional<Plan> lastPlan,
        List<Resource> resources,
        boolean recorded,
        List<Diagnostic> problems,
        Optional<DriftReport> drift) {
    public ReleaseStatus {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(lock, "lock");
        Objects.requireNonNull(lastRun, "lastRun");
        Objects.requireNonNull(lastPlan, "lastPlan");
        resources = List.copyOf(resources);
        problems = List.copyOf(problems);
        Objects.requireNonNull(drift, "drift");
    }

    /** A status without drift. */
    public ReleaseStatus(
            Release release,
            Optional<Lease> lock,
            Optional<Run> lastRun,
            Optional<Plan> lastPlan,
            List<Resource> resources,
            boolean recorded,
            List<Diagnostic> problems) {
        this(release, lock, lastRun, lastPlan, resources, recorded, problems, Optional.empty());
    }

    /** What keeps a plan from being made, by resource: a migration's file that is gone or was edited, for one. */
    public List<Diagnostic> errors() {
        return resources.stream()
                .flatMap(resource -> resource.findings().stream()
                        .filter(Diagnostic::isError)
                        .map(finding -> finding.address().isPresent() ? finding : finding.about(resource.address())))
                .toList();
    }

    /** Whether all was read, nothing of it is wrong, and what differs from the record has not come by an unrecorded run. */
    public boolean isDriftKnown() {
        return problems.isEmpty()
                && errors().isEmpty()
                && drift.filter(report -> report.unknown().isEmpty()).isPresent();
    }

    /** Whether nothing at all could be read. */
    public boolean isBlank() {
        return !recorded && resources.isEmpty() && !problems.isEmpty();
    }
}
