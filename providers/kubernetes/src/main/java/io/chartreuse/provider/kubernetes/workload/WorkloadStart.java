package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.spi.Change;
import io.chartreuse.spi.Progress;
import java.util.Optional;
import java.util.OptionalInt;

/** Brings a workload back: replicas, then its autoscaler, each with the marks of the stop taken off. Repeatable. */
public final class WorkloadStart {

    private final Workloads workloads;
    private final WorkloadStates states;

    public WorkloadStart(Workloads workloads, WorkloadStates states) {
        this.workloads = workloads;
        this.states = states;
    }

    /**
     * Returns when the cluster has accepted it; does not wait for pods to be ready. Touches only what bears our marks.
     *
     * @throws io.chartreuse.spi.ChartreuseException where the Deployment is not the one of the plan, or a request fails
     */
    public void converge(Change change, Progress progress) {
        Workload workload =
                workloads.read(change.address().name()).orElseThrow(() -> WorkloadGuard.gone(change.address()));
        WorkloadGuard.same(change, workload);
        start(change, workload.autoscaler(), progress);
        workload.autoscaler()
                .filter(scaler -> scaler.resumableBy(states.release()))
                .ifPresent(scaler -> resume(scaler, workload.name(), progress));
    }

    private void start(Change change, Optional<Autoscaler> scaler, Progress progress) {
        int planned = change.after().path(WorkloadStates.REPLICAS).asInt(1);
        workloads
                .deployments()
                .edit(change.address().name(), live -> {
                    Workload workload = Workload.of(live, scaler);
                    WorkloadGuard.same(change, workload);
                    if (!workload.stoppedBy().equals(Optional.of(states.release()))) {
                        return Optional.empty();
                    }
                    if (workload.replicas() > 0) {
                        return Optional.of(DeploymentPatch.start(OptionalInt.empty()));
                    }
                    int replicas = states.restored(workload, planned);
                    progress.report("starting " + replicas + " replicas");
                    return Optional.of(DeploymentPatch.start(OptionalInt.of(replicas)));
                })
                .orElseThrow(() -> WorkloadGuard.gone(change.address()));
    }

    private void resume(Autoscaler scaler, String deployment, Progress progress) {
        progress.report("resuming autoscaler " + scaler.name());
        workloads
                .autoscalers()
                .edit(
                        scaler.name(),
                        live -> Autoscaler.of(live).resumableBy(states.release())
                                ? Optional.of(AutoscalerPatch.resume(live, deployment))
                                : Optional.empty());
    }
}
