package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pod that is still there, and why.
 *
 * @param name the pod's
 * @param why  for people: {@code has to end by 2026-11-22T07:00:00Z, grace period 300 s}
 */
record RemainingPod(String name, String why) {

    /** The reasons that the node lifecycle controller gives when a node no longer answers. */
    private static final Set<String> NODE_LOST =
            Set.of("NodeLost", "NodeNotReady", "NodeStatusUnknown", "DeletionByTaintManager", "DeletionByPodGC");

    /** Whether the pod may still run: an ended pod does not count, a terminating one does. */
    static boolean mayRun(Pod pod) {
        String phase = status(pod).map(PodStatus::getPhase).orElse("");
        return !phase.equals("Failed") && !phase.equals("Succeeded");
    }

    static RemainingPod of(Pod pod) {
        List<String> why = new ArrayList<>();
        why.add(deletion(pod));
        if (!pod.getMetadata().getFinalizers().isEmpty()) {
            why.add("held by finalizer " + String.join(", ", pod.getMetadata().getFinalizers()));
        }
        if (isNodeLost(pod)) {
            why.add("node " + node(pod) + " does not answer");
        } else {
            status(pod).map(PodStatus::getReason).ifPresent(reason -> why.add("status " + reason));
        }
        return new RemainingPod(pod.getMetadata().getName(), String.join(", ", why));
    }

    /** The deletion timestamp is the end of the grace period, not the time of the request. */
    private static String deletion(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            return "not asked to stop yet";
        }
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        return "has to end by " + pod.getMetadata().getDeletionTimestamp()
                + (grace == null ? "" : ", grace period " + grace + " s");
    }

    private static boolean isNodeLost(Pod pod) {
        return status(pod).stream()
                .flatMap(status -> Stream.concat(
                        Stream.ofNullable(status.getReason()),
                        status.getConditions().stream()
                                .map(PodCondition::getReason)
                                .filter(Objects::nonNull)))
                .anyMatch(NODE_LOST::contains);
    }

    private static String node(Pod pod) {
        return pod.getSpec() == null || pod.getSpec().getNodeName() == null
                ? "of the pod"
                : pod.getSpec().getNodeName();
    }

    private static Optional<PodStatus> status(Pod pod) {
        return Optional.ofNullable(pod.getStatus());
    }

    @Override
    public String toString() {
        return name + " (" + why + ")";
    }
}
