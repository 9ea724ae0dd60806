package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a Deployment's pods from others that its selector matches too. In doubt a pod counts as the Deployment's: to
 * wait for too much is seen, to wait for too little is not. Pure.
 *
 * @param foreignReplicaSets uids of those that another owner has
 */
record PodOwnership(Set<String> foreignReplicaSets) {

    static PodOwnership of(Deployment deployment, List<ReplicaSet> matched) {
        String owner = deployment.getMetadata().getUid();
        return new PodOwnership(matched.stream()
                .filter(set -> controller(set)
                        .filter(found -> !found.getUid().equals(owner))
                        .isPresent())
                .map(set -> set.getMetadata().getUid())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the pod is the Deployment's and may still run; one that ended does not count. */
    boolean counts(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return !phase.equals("Failed") && !phase.equals("Succeeded") && owns(pod);
    }

    private boolean owns(Pod pod) {
        return controller(pod)
                .filter(owner -> owner.getKind().equals("ReplicaSet"))
                .filter(owner -> !foreignReplicaSets.contains(owner.getUid()))
                .isPresent();
    }

    private static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
