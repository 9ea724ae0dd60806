package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finds the pods that have to end when a workload is stopped. */
final class OwnedPods {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<WorkloadKind, LiveObjects<GenericKubernetesResource>> objects;
    private final LiveObjects<ReplicaSet> replicaSets;

    OwnedPods(Cluster cluster, Function<WorkloadKind, LiveObjects<GenericKubernetesResource>> objects) {
        this.objects = objects;
        this.replicaSets = new LiveObjects<>(cluster, ReplicaSet.class);
    }

    /**
     * The workload's pods; for a Deployment those of its ReplicaSets; for a custom kind its own pods and those of
     * ReplicaSets that it owns, as with an Argo Rollout.
     *
     * @param stopped the workload as it was after its replicas were set to 0
     */
    DrainingWorkload of(WorkloadKind kind, GenericKubernetesResource stopped) {
        String name = stopped.getMetadata().getName();
        String uid = stopped.getMetadata().getUid();
        Supplier<Optional<GenericKubernetesResource>> settled = () -> settled(kind, stopped);
        if (kind.equals(WorkloadKind.DEPLOYMENT)) {
            return ofDeployment(stopped, settled);
        }
        return WorkloadKind.BUILT_IN.contains(kind)
                ? DrainingWorkload.controlling(kind.word(), name, uid, settled)
                : new DrainingWorkload(kind.word(), name, pod -> isPossible(pod, uid), pod -> owns(pod, uid), settled);
    }

    private DrainingWorkload ofDeployment(
            GenericKubernetesResource stopped, Supplier<Optional<GenericKubernetesResource>> settled) {
        LabelSelector selector = JSON.convertValue(stopped.get("spec", "selector"), LabelSelector.class);
        PodOwnership ownership = new PodOwnership(stopped, () -> replicaSets.list(selector));
        return new DrainingWorkload(
                WorkloadKind.DEPLOYMENT.word(),
                stopped.getMetadata().getName(),
                pod -> LabelMatch.matches(selector, pod),
                (Pod pod) -> LabelMatch.matches(selector, pod) && ownership.owns(pod),
                settled);
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

    /**
     * The workload once its controller has observed the 0; until then the controller may create pods. Some kinds do not
     * report that.
     */
    private Optional<GenericKubernetesResource> settled(WorkloadKind kind, GenericKubernetesResource stopped) {
        String name = stopped.getMetadata().getName();
        GenericKubernetesResource live = objects.apply(kind)
                .find(name)
                .filter(found -> found.getMetadata()
                        .getUid()
                        .equals(stopped.getMetadata().getUid()))
                .orElseThrow(() -> replaced(kind, name));
        long generation = Objects.requireNonNullElse(stopped.getMetadata().getGeneration(), 0L);
        return Optional.of(live).filter(found -> hasSeen(found, generation) && hasNone(found));
    }

    /** True without a status: either no controller has seen the object yet, or its kind has none. */
    private static boolean hasSeen(GenericKubernetesResource live, long generation) {
        return !(live.get("status", "observedGeneration") instanceof Number observed)
                || observed.longValue() >= generation;
    }

    private static boolean hasNone(GenericKubernetesResource live) {
        return !(live.get("status", "replicas") instanceof Number replicas && replicas.intValue() > 0);
    }

    private static ChartreuseException replaced(WorkloadKind kind, String name) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.WORKLOAD_REPLACED,
                kind.word() + " \"" + name + "\" was deleted, or deleted and created anew, while its pods were ending",
                "make a new plan"));
    }
}
