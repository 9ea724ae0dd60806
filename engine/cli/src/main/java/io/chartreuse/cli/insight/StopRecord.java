package io.chartreuse.cli.insight;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.EarlierStop;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.model.Resource;
import java.time.Instant;
import java.util.Optional;

/**
 * Who stopped a workload, as the record of the newest run says.
 *
 * @param runId the run
 * @param since when it began to
 */
public record StopRecord(String runId, Instant since) {

    /** The stop of a workload that stands still and should not; empty where the newest run did not stop it. */
    public static Optional<StopRecord> of(Resource workload, ReleaseStatus status) {
        return NextStep.isStopped(workload)
                ? status.lastRun().flatMap(run -> status.lastPlan().flatMap(plan -> of(workload, plan, run)))
                : Optional.empty();
    }

    private static Optional<StopRecord> of(Resource workload, Plan plan, Run run) {
        return Downtime.of(plan, run).stream()
                .filter(time -> time.address().equals(workload.address()))
                .flatMap(time -> time
                        .since()
                        .map(since -> new StopRecord(
                                time.earlier().map(EarlierStop::run).orElse(run.id()), since))
                        .stream())
                .findFirst();
    }
}
