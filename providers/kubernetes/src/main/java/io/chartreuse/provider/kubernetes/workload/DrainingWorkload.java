package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A stopped workload whose pods have to end.
 *
 * @param kind     for messages: {@code deployment}
 * @param name     for messages
 * @param concerns whether a pod's event may concern the workload; called for each event of the namespace, so it only
 *                 reads the pod
 * @param owns     whether a pod that concerns it is its own; true in doubt, because a user notices a wait that is too
 *                 long, but not one that is too short
 * @param settled  reads the workload; empty while its controller has not observed the stop and may still create pods.
 *                 Throws where the workload is no longer the one that was stopped
 */
record DrainingWorkload(
        String kind,
        String name,
        Predicate<Pod> concerns,
        Predicate<Pod> owns,
        Supplier<Optional<GenericKubernetesResource>> settled) {

    DrainingWorkload {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(concerns, "concerns");
        Objects.requireNonNull(owns, "owns");
        Objects.requireNonNull(settled, "settled");
    }

    /** A workload that is its pods' controller: a StatefulSet, a ReplicaSet, a Job. */
    static DrainingWorkload controlling(
            String kind, String name, String uid, Supplier<Optional<GenericKubernetesResource>> settled) {
        Predicate<Pod> owned = pod -> PodOwnership.controller(pod)
                .filter(owner -> owner.getUid().equals(uid))
                .isPresent();
        return new DrainingWorkload(kind, name, owned, owned, settled);
    }
}
