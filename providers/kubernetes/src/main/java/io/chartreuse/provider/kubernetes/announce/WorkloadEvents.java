package io.chartreuse.provider.kubernetes.announce;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Phase;
import io.chartreuse.spi.Step;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells on a workload that a run has stopped or started it. */
public final class WorkloadEvents implements AutoCloseable {

    /** API version and kind by the type of an address. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "kubernetes.deployment", List.of("apps/v1", "Deployment"),
            "kubernetes.statefulset", List.of("apps/v1", "StatefulSet"),
            "kubernetes.replicaset", List.of("apps/v1", "ReplicaSet"),
            "kubernetes.cronjob", List.of("batch/v1", "CronJob"),
            "kubernetes.rollout", List.of("argoproj.io/v1alpha1", "Rollout"));

    private final Cluster cluster;
    private final String release;
    private final EventWriter events;

    public WorkloadEvents(Cluster cluster, Clock clock, String release) {
        this.cluster = cluster;
        this.release = release;
        this.events = new EventWriter(cluster, clock);
    }

    /** Tells that a step has reached its state. Returns at once and never fails. */
    public void reached(Step step) {
        reference(step).ifPresent(workload -> {
            boolean stopped = step.to() == Phase.DURING;
            events.write(
                    () -> workload,
                    stopped ? "ChartreuseStopped" : "ChartreuseStarted",
                    (stopped ? "stopped" : "started again") + " by run " + step.runId() + " of release " + release
                            + (stopped ? ", until its databases are migrated" : ""),
                    false);
        });
    }

    private Optional<ObjectReference> reference(Step step) {
        Address address = step.change().address();
        return Optional.ofNullable(KINDS.get(address.type()))
                .map(kind -> new ObjectReferenceBuilder()
                        .withApiVersion(kind.get(0))
                        .withKind(kind.get(1))
                        .withNamespace(cluster.namespace())
                        .withName(address.name())
                        .withUid(step.change().identity().get("uid"))
                        .build());
    }

    @Override
    public void close() {
        events.close();
    }
}
