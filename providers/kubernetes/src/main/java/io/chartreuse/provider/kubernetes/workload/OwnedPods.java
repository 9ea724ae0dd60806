package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pods of a StatefulSet, a ReplicaSet or a custom kind: its own, and those of ReplicaSets that it owns (as an Argo
 * Rollout does).
 *
 * @param selector the workload's, where it has one
 * @param owners   uids of the workload and of its ReplicaSets
 */
record OwnedPods(Optional<LabelSelector> selector, Set<String> owners) implements Owned<Pod> {

    private static final ObjectMapper JSON = new ObjectMapper();

    static OwnedPods of(Cluster cluster, WorkloadKind kind, GenericKubernetesResource workload) {
        Optional<LabelSelector> selector = selectorOf(workload);
        LiveObjects<ReplicaSet> sets = new LiveObjects<>(cluster, ReplicaSet.class);
        boolean direct = WorkloadKind.BUILT_IN.contains(kind);
        List<ReplicaSet> found = direct ? List.of() : selector.map(sets::list).orElseGet(sets::list);
        String uid = workload.getMetadata().getUid();
        return new OwnedPods(
                selector,
                Stream.concat(
                                Stream.of(uid),
                                found.stream()
                                        .filter(set -> isOf(set, Set.of(uid)))
                                        .map(set -> set.getMetadata().getUid()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<LeftPod> left(List<Pod> found) {
        return found.stream()
                .filter(pod -> isOf(pod, owners) && !hasEnded(pod))
                .map(LeftPod::of)
                .sorted(Comparator.comparing(LeftPod::name))
                .toList();
    }

    private static boolean hasEnded(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    private static boolean isOf(HasMetadata object, Set<String> owners) {
        return object.getMetadata().getOwnerReferences().stream().anyMatch(owner -> owners.contains(owner.getUid()));
    }

    /** Only what is a selector beyond doubt: with another, pods would be overlooked. */
    private static Optional<LabelSelector> selectorOf(GenericKubernetesResource workload) {
        return workload.get("spec", "selector") instanceof Map<?, ?> selector
                        && (selector.containsKey("matchLabels") || selector.containsKey("matchExpressions"))
                ? Optional.of(JSON.convertValue(selector, LabelSelector.class))
                : Optional.empty();
    }
}
