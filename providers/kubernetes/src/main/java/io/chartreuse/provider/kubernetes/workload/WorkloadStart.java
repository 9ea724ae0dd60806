package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.FieldSetter;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.provider.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts a workload: resumes ScaledObjects, sets the replicas, resumes HorizontalPodAutoscalers, and removes this
 * holder's mark from each. An object that others hold too stays as it is. The order is that of the stop in reverse.
 * Repeatable.
 */
public final class WorkloadStart {

    private final Cluster cluster;
    private final Workloads workloads;
    private final WorkloadStates states;

    public WorkloadStart(Cluster cluster, Workloads workloads, WorkloadStates states) {
        this.cluster = cluster;
        this.workloads = workloads;
        this.states = states;
    }

    /**
     * Returns when the cluster has accepted it; does not wait for pods to be ready. Changes only what carries
     * Chartreuse's marks.
     *
     * @param chosen the workload as it was found last
     * @return the workload as the cluster answered
     * @throws ChartreuseException where the workload is not the one of the plan, or a request fails; the remedy then
     *     has the commands that do by hand what is left
     */
    public Workload converge(Change change, SelectedWorkload chosen, Progress progress) {
        Workload known = chosen.found().orElseThrow(() -> WorkloadGuard.gone(change.address()));
        try {
            Workload stopped = stopped(change, known);
            List<Autoscaler> autoscalers =
                    new ArrayList<>(resume(stopped, Autoscaler.Type.SCALED_OBJECT, progress)); // else KEDA scales to 0
            GenericKubernetesResource started = start(change, known, progress);
            Workload now = Workload.of(known.kind(), started, known.autoscalers());
            autoscalers.addAll(resume(now, Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER, progress));
            return Workload.of(known.kind(), started, autoscalers);
        } catch (ChartreuseException e) {
            throw e.type() == ErrorType.STALE
                    ? e
                    : new HandCommands(cluster.namespace(), states.holder(), planned(change)).addTo(e, known);
        }
    }

    private static int planned(Change change) {
        ObjectNode after = change.after();
        return after.path(WorkloadStates.SUSPENDED).asBoolean()
                ? 0
                : after.path(WorkloadStates.REPLICAS).asInt(1);
    }

    /** Reads the workload and its autoscalers anew: since the stop, controllers have written to them. */
    private Workload stopped(Change change, Workload known) {
        Workload now = workloads.read(known).orElseThrow(() -> WorkloadGuard.gone(change.address()));
        WorkloadGuard.same(change, now);
        return now;
    }

    private GenericKubernetesResource start(Change change, Workload known, Progress progress) {
        return workloads
                .of(known.kind())
                .edit(known.name(), live -> {
                    Workload workload = Workload.of(known.kind(), live, known.autoscalers());
                    WorkloadGuard.same(change, workload);
                    String setter = FieldSetter.of(live, known.kind().replicasPath())
                            .map(by -> ", set by " + by)
                            .orElse("");
                    Optional<Integer> former =
                            Annotations.label(live, Annotations.FORMER_REPLICAS).flatMap(Workload::number);
                    return workload.stale().isEmpty()
                            ? patch(workload, planned(change), progress)
                            : Optional.of(unmark(workload, setter, planned(change), former, progress));
                })
                .orElseThrow(() -> WorkloadGuard.gone(change.address()));
    }

    private Optional<ObjectNode> patch(Workload workload, int planned, Progress progress) {
        if (!workload.holds().contains(states.holder()) && !workload.leftByEarlierTool()) {
            return Optional.empty();
        }
        Holds others = workload.holds().without(states.holder());
        if (!others.isEmpty()) {
            progress.report("left stopped by " + others);
            return Optional.of(WorkloadPatch.leave(workload, states.holder()));
        }
        int replicas = states.restored(workload, planned);
        progress.report(workload.kind().isSuspended() ? "resuming" : "starting " + CountText.of(replicas, "replica"));
        return Optional.of(WorkloadPatch.start(workload, states.holder(), replicas));
    }

    /**
     * Removes the stale mark from a workload that others have put back. It gets the replicas of the plan, because its
     * current count was set in an emergency. The plan's count is what it had when it was stopped, as a stop refuses a
     * workload that was scaled since the plan. A workload that ran when it was planned keeps its current count, because
     * the plan has an old one.
     *
     * @param setter who set the current replicas, for people; empty where that is not known
     * @param former what it had when it was stopped, from its label: a rollback copies annotations, but not labels
     */
    private ObjectNode unmark(
            Workload workload, String setter, int planned, Optional<Integer> former, Progress progress) {
        boolean asPlanned = workload.replicas() == planned
                || planned == 0
                || !workload.stale().contains(states.holder())
                || !workload.autoscalers().isEmpty();
        progress.warn("it runs already" + setter + ": taking off the stale mark of " + workload.stale()
                + (asPlanned
                        ? kept(workload, former)
                        : "; it has " + CountText.of(workload.replicas(), "replica") + ", the plan gives it "
                                + planned));
        return asPlanned
                ? WorkloadPatch.clear(workload, states.holder())
                : WorkloadPatch.start(workload, states.holder(), planned);
    }

    /** A message on the replicas that it keeps; empty with an autoscaler, which decides by itself. */
    private static String kept(Workload workload, Optional<Integer> former) {
        boolean scaled =
                !workload.kind().isSuspended() && workload.autoscalers().isEmpty();
        return former.filter(count -> scaled && count != workload.replicas())
                .map(count -> "; it keeps its " + CountText.of(workload.replicas(), "replica") + ", and had " + count
                        + " when it was stopped")
                .orElse("");
    }

    private List<Autoscaler> resume(Workload workload, Autoscaler.Type type, Progress progress) {
        return workload.autoscalers().stream()
                .filter(scaler -> scaler.type() == type)
                .flatMap(scaler -> {
                    progress.report("resuming autoscaler " + scaler.name());
                    return workloads.autoscalers().resume(scaler, workload, states.holder()).stream();
                })
                .toList();
    }
}
