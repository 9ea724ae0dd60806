package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.FieldSetter;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a workload into maintenance: pauses HorizontalPodAutoscalers, sets the replicas to 0, pauses ScaledObjects,
 * and waits until the pods are gone. The order matters: KEDA itself scales to 0 what it pauses, and the former number
 * would be lost. Repeatable.
 */
public final class WorkloadStop {

    private static final Logger LOG = LoggerFactory.getLogger(WorkloadStop.class);

    private final Cluster cluster;
    private final Workloads workloads;
    private final WorkloadDrain drain;

    public WorkloadStop(Cluster cluster, Workloads workloads, PodWatch watch, Duration timeout) {
        this.cluster = cluster;
        this.workloads = workloads;
        this.drain = new WorkloadDrain(cluster, workloads::of, watch, timeout);
    }

    /**
     * Prepares the stops before any workload is down: opens connections and starts the watch of the pods. Steps repeat
     * what fails here.
     */
    public void prepare(int workloads) {
        try {
            cluster.warm(workloads);
            drain.prepare();
        } catch (ChartreuseException e) {
            LOG.debug("not prepared", e);
        }
    }

    /**
     * Returns when the last pod is gone. Does not overwrite the state that an earlier stop saved.
     *
     * @param chosen the workload as it was found last
     * @return the workload as it is then; empty where it was deleted since
     * @throws ChartreuseException where the workload has changed since the plan or does not stop
     */
    public Optional<Workload> converge(Change change, SelectedWorkload chosen, StopMark mark, Progress progress)
            throws InterruptedException {
        Workload known = chosen.found().orElseThrow(() -> WorkloadGuard.gone(change.address()));
        Workload now = current(change, known, mark);
        List<Autoscaler> paused = new ArrayList<>();
        GenericKubernetesResource stopped;
        try {
            paused.addAll(pause(change, now, Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER, mark, progress));
            stopped = stop(change, now, mark, progress);
            paused.addAll(pause(change, now, Autoscaler.Type.SCALED_OBJECT, mark, progress));
        } catch (CancellationException e) {
            throw new InterruptedException(e.getMessage());
        }
        return drain.await(known.kind(), stopped, chosen.jobs(), progress)
                .map(still -> settled(Workload.of(known.kind(), still, paused), still));
    }

    /** The error that a step's workload no longer exists. */
    public static ChartreuseException gone(Change change) {
        return WorkloadGuard.gone(change.address());
    }

    /**
     * The workload as it was read at the start of this run. That is recent enough to begin, because each write names
     * the version that it is meant for; before a refusal the workload is read again.
     */
    private Workload current(Change change, Workload known, StopMark mark) {
        LiveObjects<GenericKubernetesResource> objects = workloads.of(known.kind());
        try {
            return allowed(change, objects.recent(known.name()), known, mark);
        } catch (ChartreuseException refused) {
            return allowed(change, objects.find(known.name()), known, mark);
        }
    }

    private Workload allowed(Change change, Optional<GenericKubernetesResource> live, Workload known, StopMark mark) {
        return allowed(change, live.orElseThrow(() -> WorkloadGuard.gone(change.address())), known, mark);
    }

    private Workload allowed(Change change, GenericKubernetesResource live, Workload known, StopMark mark) {
        Workload workload = Workload.of(known.kind(), live, known.autoscalers());
        WorkloadGuard.same(change, workload);
        if (!workload.stoppedBy(mark.holder())) {
            WorkloadGuard.unmoved(change, workload);
        }
        workload.volumeLoss(cluster.namespace()).ifPresent(loss -> {
            throw new ChartreuseException(loss.about(change.address()));
        });
        return workload;
    }

    /** Reads an autoscaler again that may scale to 0 itself. Others leave a workload at 0 alone. */
    private Workload settled(Workload paused, GenericKubernetesResource still) {
        return paused.startsByItself() ? workloads.withAutoscalers(paused, still) : paused;
    }

    /** The autoscalers of that type afterwards, without those that no longer exist or scale another workload. */
    private List<Autoscaler> pause(
            Change change, Workload workload, Autoscaler.Type type, StopMark mark, Progress progress) {
        return workload.autoscalers().stream()
                .filter(scaler -> scaler.type() == type)
                .flatMap(scaler ->
                        isPaused(change, scaler) ? pause(workload, scaler, mark, progress).stream() : Stream.of(scaler))
                .toList();
    }

    private Optional<Autoscaler> pause(Workload workload, Autoscaler scaler, StopMark mark, Progress progress) {
        refuseInterrupted();
        if (!scaler.paused()) {
            progress.report("pausing autoscaler " + scaler.name());
        }
        return workloads.autoscalers().pause(scaler, workload, mark.hold());
    }

    static boolean isPaused(Change change, Autoscaler scaler) {
        return change.during()
                .map(state -> state.path(WorkloadStates.AUTOSCALERS)
                        .path(scaler.name())
                        .asText(state.path(WorkloadStates.AUTOSCALER).asText()))
                .filter(WorkloadStates.PAUSED::equals)
                .isPresent();
    }

    private GenericKubernetesResource stop(Change change, Workload known, StopMark mark, Progress progress) {
        return workloads
                .of(known.kind())
                .edit(known.name(), live -> {
                    refuseInterrupted();
                    Workload workload = allowed(change, live, known, mark);
                    if (workload.atZero()) {
                        boolean joins =
                                workload.stoppedByOtherThan(mark.holder()) && !workload.stoppedBy(mark.holder());
                        return joins || workload.leftByEarlierTool()
                                ? Optional.of(WorkloadPatch.join(workload, mark.hold()))
                                : Optional.empty();
                    }
                    putBack(workload, live, mark).ifPresent(progress::report);
                    progress.report(
                            workload.kind().isSuspended()
                                    ? "suspending"
                                    : "stopping " + CountText.of(workload.replicas(), "replica"));
                    return Optional.of(WorkloadPatch.stop(workload, mark.hold()));
                })
                .map(live -> atZero(change, live, known))
                .orElseThrow(() -> WorkloadGuard.gone(change.address()));
    }

    /**
     * How the workload was started after this run, perhaps in an earlier process, had stopped it; empty where it was
     * not.
     */
    private static Optional<String> putBack(Workload workload, GenericKubernetesResource live, StopMark mark) {
        return workload.stale().all().stream()
                .filter(hold ->
                        hold.holder().equals(mark.holder()) && hold.run().equals(mark.runId()))
                .findFirst()
                .map(hold -> "runs again since " + hold + " stopped it, set"
                        + FieldSetter.of(live, workload.kind().replicasPath())
                                .map(by -> " by " + by)
                                .orElse(" by another"));
    }

    /**
     * The thread that watches stopped workloads interrupts this one when a workload comes back: stops nothing from then
     * on.
     */
    private static void refuseInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
    }

    /** Refuses where the replicas field is missing: the API server drops a field that the kind does not have. */
    private static GenericKubernetesResource atZero(Change change, GenericKubernetesResource live, Workload known) {
        if (!Workload.of(known.kind(), live, List.of()).atZero()) {
            throw new ChartreuseException(Diagnostic.error(
                            KubernetesError.CANNOT_BE_STOPPED,
                            known.title() + " cannot be stopped: it keeps no replicas at ."
                                    + String.join(".", known.kind().replicasPath()),
                            "Name the field that has them with replicasPath in kubernetes.workloads.select")
                    .about(change.address()));
        }
        return live;
    }
}
