package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of the namespace, read once.
 *
 * @param objects by kind; a kind that was looked for and is not known to the cluster has no entry
 */
record Inventory(Map<WorkloadKind, List<GenericKubernetesResource>> objects, AutoscalerList autoscalers) {

    Optional<GenericKubernetesResource> find(WorkloadKind kind, String name) {
        return objects.getOrDefault(kind, List.of()).stream()
                .filter(live -> live.getMetadata().getName().equals(name))
                .findFirst();
    }

    Workload workload(WorkloadKind kind, GenericKubernetesResource live) {
        Workload workload =
                Workload.of(kind, live, autoscalers.of(kind, live.getMetadata().getName()));
        return WorkloadKind.BUILT_IN.contains(kind) ? workload : workload.withDeletedClaims(claimsBelow(live));
    }

    /** The claims that the cluster deletes of StatefulSets which this object controls: they are scaled to 0 with it. */
    private List<String> claimsBelow(GenericKubernetesResource owner) {
        return objects.getOrDefault(WorkloadKind.STATEFUL_SET, List.of()).stream()
                .filter(set -> Workload.controller(set)
                        .filter(found ->
                                found.getUid().equals(owner.getMetadata().getUid()))
                        .isPresent())
                .flatMap(set -> DeletedClaims.of(WorkloadKind.STATEFUL_SET, set).stream())
                .toList();
    }

    /** Whether another object manages it and would undo Chartreuse's changes, as a Deployment does for a ReplicaSet. */
    static boolean isControlled(WorkloadKind kind, GenericKubernetesResource live) {
        return kind.equals(WorkloadKind.REPLICA_SET)
                && Workload.controller(live).isPresent();
    }
}
