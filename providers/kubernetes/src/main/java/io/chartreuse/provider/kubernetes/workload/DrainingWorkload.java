package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A stopped workload whose pods are to be gone.
 *
 * @param kind     for messages: {@code deployment}
 * @param name     for messages
 * @param concerns whether news of a pod may be news of the workload; called for each event of the namespace, so it only
 *                 looks at the pod
 * @param owns     tells its pods from others that concern it by chance; in doubt true: to wait for too much is seen, to
 *                 wait for too little is not
 * @param settled  reads the workload; empty while its controller has not taken note of the stop: before that it may still
 *                 make pods. Throws where the workload is no longer the one that was stopped
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

    /** One whose pods have it as their controller: a StatefulSet, a ReplicaSet, a Job. */
    static DrainingWorkload controlling(
            String kind, String name, String uid, Supplier<Optional<GenericKubernetesResource>> settled) {
        Predicate<Pod> owned = pod -> PodOwnership.controller(pod)
                .filter(owner -> owner.getUid().equals(uid))
                .isPresent();
        return new DrainingWorkload(kind, name, owned, owned, settled);
    }
}
