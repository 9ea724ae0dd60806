package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Says what is to be gone of a stopped StatefulSet, ReplicaSet or custom kind. */
final class OwnedPods {

    private final Cluster cluster;
    private final LiveObjects<ReplicaSet> replicaSets;

    OwnedPods(Cluster cluster) {
        this.cluster = cluster;
        this.replicaSets = new LiveObjects<>(cluster, ReplicaSet.class);
    }

    /**
     * Its pods, and, of a custom kind, those of ReplicaSets that it owns, as an Argo Rollout does.
     *
     * @param stopped the workload as it was after its replicas were set to 0
     */
    Drained of(WorkloadKind kind, GenericKubernetesResource stopped) {
        String name = stopped.getMetadata().getName();
        String uid = stopped.getMetadata().getUid();
        BooleanSupplier settled = () -> settled(kind, stopped);
        return WorkloadKind.BUILT_IN.contains(kind)
                ? Drained.controlling(kind.word(), name, uid, settled)
                : new Drained(kind.word(), name, pod -> isPossible(pod, uid), pod -> owns(pod, uid), settled);
    }

    private static boolean isPossible(Pod pod, String uid) {
        return PodOwnership.controller(pod)
                .filter(owner -> owner.getUid().equals(uid) || owner.getKind().equals("ReplicaSet"))
                .isPresent();
    }

    private boolean owns(Pod pod, String uid) {
        return PodOwnership.controller(pod)
                .filter(owner -> owner.getUid().equals(uid) || isOfReplicaSet(owner, uid))
                .isPresent();
    }

    private boolean isOfReplicaSet(OwnerReference owner, String uid) {
        return owner.getKind().equals("ReplicaSet")
                && replicaSets.list().stream()
                        .filter(set -> set.getMetadata().getUid().equals(owner.getUid()))
                        .flatMap(set -> PodOwnership.controller(set).stream())
                        .anyMatch(controller -> controller.getUid().equals(uid));
    }

    /** Whether its controller has seen the 0: before that it may still make pods. Not every kind says so. */
    private boolean settled(WorkloadKind kind, GenericKubernetesResource stopped) {
        long generation = Objects.requireNonNullElse(stopped.getMetadata().getGeneration(), 0L);
        return new KindObjects(cluster, kind)
                .find(stopped.getMetadata().getName())
                .filter(live ->
                        live.getMetadata().getUid().equals(stopped.getMetadata().getUid()))
                .map(live -> hasSeen(live, generation) && hasNone(live))
                .orElse(true);
    }

    private static boolean hasSeen(GenericKubernetesResource live, long generation) {
        return !(live.get("status", "observedGeneration") instanceof Number observed)
                || observed.longValue() >= generation;
    }

    private static boolean hasNone(GenericKubernetesResource live) {
        return !(live.get("status", "replicas") instanceof Number replicas && replicas.intValue() > 0);
    }
}
