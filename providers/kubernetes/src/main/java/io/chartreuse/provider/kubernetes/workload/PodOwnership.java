package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Distinguishes a Deployment's pods from others that its selector matches. A doubtful pod counts as the Deployment's: a
 * user notices a wait that is too long, but not one that is too short. Reads ReplicaSets only where a pod's owner does
 * not have the name that the Deployment would have given it.
 */
final class PodOwnership {

    private static final String TEMPLATE_HASH = "pod-template-hash";

    private final HasMetadata deployment;
    private final Supplier<List<ReplicaSet>> matched;
    private Set<String> foreignReplicaSets;

    /** @param matched reads the ReplicaSets that the Deployment's selector matches */
    PodOwnership(HasMetadata deployment, Supplier<List<ReplicaSet>> matched) {
        this.deployment = deployment;
        this.matched = matched;
    }

    /** Whether the Deployment owns the pod, which its selector matches. */
    boolean owns(Pod pod) {
        return controller(pod)
                .filter(owner -> owner.getKind().equals("ReplicaSet"))
                .filter(owner -> isNamedForUs(owner, pod) || !foreign().contains(owner.getUid()))
                .isPresent();
    }

    private boolean isNamedForUs(OwnerReference owner, Pod pod) {
        String hash = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
                .get(TEMPLATE_HASH);
        return hash != null
                && owner.getName() != null
                && owner.getName().equals(deployment.getMetadata().getName() + "-" + hash);
    }

    private synchronized Set<String> foreign() {
        if (foreignReplicaSets == null) {
            String us = deployment.getMetadata().getUid();
            foreignReplicaSets = matched.get().stream()
                    .filter(set -> controller(set)
                            .filter(found -> !found.getUid().equals(us))
                            .isPresent())
                    .map(set -> set.getMetadata().getUid())
                    .collect(Collectors.toUnmodifiableSet());
        }
        return foreignReplicaSets;
    }

    static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
