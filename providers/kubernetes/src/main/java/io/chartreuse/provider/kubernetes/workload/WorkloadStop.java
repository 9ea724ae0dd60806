package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Progress;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Optional;

/** Brings a workload into maintenance: autoscaler paused, replicas at 0, pods gone. In this order, and repeatable. */
public final class WorkloadStop {

    private final Workloads workloads;
    private final PodDrain drain;

    public WorkloadStop(Cluster cluster, Workloads workloads, Duration timeout) {
        this.workloads = workloads;
        this.drain = new PodDrain(cluster, timeout);
    }

    /**
     * Returns when the last pod is gone. What was written down by an earlier stop is not overwritten.
     *
     * @throws io.chartreuse.spi.ChartreuseException where the workload has moved since the plan or does not stop
     */
    public void converge(Change change, Mark mark, Progress progress) throws InterruptedException {
        String name = change.address().name();
        Workload workload = workloads.read(name).orElseThrow(() -> WorkloadGuard.gone(change.address()));
        WorkloadGuard.same(change, workload);
        if (!workload.stoppedBy(mark.release())) {
            WorkloadGuard.unmoved(change, workload);
        }
        if (isPaused(change)) {
            workload.autoscaler().ifPresent(scaler -> pause(scaler, mark, progress));
        }
        Deployment stopped = stop(change, mark, progress);
        drain.await(stopped, progress);
    }

    private static boolean isPaused(Change change) {
        return change.during()
                .map(state -> WorkloadStates.PAUSED.equals(
                        state.path(WorkloadStates.AUTOSCALER).asText()))
                .orElse(false);
    }

    private void pause(Autoscaler scaler, Mark mark, Progress progress) {
        if (!scaler.paused()) {
            progress.report("pausing autoscaler " + scaler.name());
        }
        workloads
                .autoscalers()
                .edit(
                        scaler.name(),
                        live -> Autoscaler.of(live).paused()
                                ? Optional.empty()
                                : Optional.of(AutoscalerPatch.pause(live, mark)));
    }

    private Deployment stop(Change change, Mark mark, Progress progress) {
        return workloads
                .deployments()
                .edit(change.address().name(), live -> {
                    Workload workload = Workload.of(live, Optional.empty());
                    WorkloadGuard.same(change, workload);
                    if (workload.replicas() == 0) {
                        return Optional.empty();
                    }
                    progress.report("stopping " + workload.replicas() + " replicas");
                    return Optional.of(DeploymentPatch.stop(live, mark));
                })
                .orElseThrow(() -> WorkloadGuard.gone(change.address()));
    }
}
