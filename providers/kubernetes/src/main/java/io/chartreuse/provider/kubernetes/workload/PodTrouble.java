package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a pod is ready, and why not, in Kubernetes' terms. Pure. */
final class PodTrouble {

    private static final int LONGEST = 300;

    /** The normal states of a container that starts. */
    private static final Set<String> ON_ITS_WAY = Set.of("ContainerCreating", "PodInitializing", "Completed");

    private PodTrouble() {}

    /** Whether the pod is ready and not about to end. */
    static boolean isReady(Pod pod) {
        return !isEnding(pod)
                && conditions(pod)
                        .anyMatch(condition ->
                                condition.getType().equals("Ready") && "True".equals(condition.getStatus()));
    }

    static boolean isEnding(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** A problem that keeps it from starting and does not pass by itself; empty where it is starting normally. */
    static Optional<String> found(Pod pod) {
        return unscheduled(pod)
                .or(() -> containers(pod)
                        .flatMap(container -> container(container).stream())
                        .findFirst())
                .or(() -> ended(pod))
                .map(PodTrouble::brief);
    }

    /** The same; without such a problem, what it waits for. */
    static String why(Pod pod) {
        return found(pod).orElseGet(() -> brief(waiting(pod)));
    }

    private static Optional<String> unscheduled(Pod pod) {
        return conditions(pod)
                .filter(condition ->
                        condition.getType().equals("PodScheduled") && "False".equals(condition.getStatus()))
                .map(condition -> said(condition.getReason(), condition.getMessage()))
                .findFirst();
    }

    private static Optional<String> container(ContainerStatus status) {
        ContainerState state = Objects.requireNonNullElseGet(status.getState(), ContainerState::new);
        ContainerStateWaiting waiting = state.getWaiting();
        if (waiting != null && waiting.getReason() != null && !ON_ITS_WAY.contains(waiting.getReason())) {
            return Optional.of("container " + status.getName() + ": " + said(waiting.getReason(), waiting.getMessage())
                    + lastEnd(status));
        }
        return Optional.ofNullable(state.getTerminated())
                .filter(end -> end.getExitCode() == null || end.getExitCode() != 0)
                .map(end -> "container " + status.getName() + " ended: " + said(end));
    }

    private static String lastEnd(ContainerStatus status) {
        return Optional.ofNullable(status.getLastState())
                .map(ContainerState::getTerminated)
                .map(end -> " (it ended before: " + said(end) + ")")
                .orElse("");
    }

    /** Leaves out the message: it is the application's own text or the end of its log, and may hold secrets. */
    private static String said(ContainerStateTerminated end) {
        String code = end.getExitCode() == null ? "" : ", exit code " + end.getExitCode();
        return Objects.requireNonNullElse(end.getReason(), "Ended") + code;
    }

    private static Optional<String> ended(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .filter(status -> "Failed".equals(status.getPhase()))
                .map(status -> said(Objects.requireNonNullElse(status.getReason(), "Failed"), status.getMessage()));
    }

    /** A running container that is not ready has a probe that fails. */
    private static String waiting(Pod pod) {
        if (isEnding(pod)) {
            return "is ending";
        }
        return containers(pod)
                .filter(status -> status.getState() != null && status.getState().getRunning() != null)
                .filter(status -> !Boolean.TRUE.equals(status.getReady()))
                .map(status -> "container " + status.getName()
                        + (Boolean.FALSE.equals(status.getStarted())
                                ? " runs, its startup probe has not succeeded"
                                : " runs and is not ready: its readiness probe does not succeed"))
                .findFirst()
                .or(() -> conditions(pod)
                        .filter(condition ->
                                condition.getType().equals("Ready") && !"True".equals(condition.getStatus()))
                        .filter(condition -> condition.getReason() != null || condition.getMessage() != null)
                        .map(condition -> said(condition.getReason(), condition.getMessage()))
                        .findFirst())
                .orElse("has not started yet");
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses()))
                .flatMap(List::stream);
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return Stream.ofNullable(pod.getStatus()).map(PodStatus::getConditions).flatMap(List::stream);
    }

    private static String said(String reason, String message) {
        String first = Objects.requireNonNullElse(reason, "");
        String then = Objects.requireNonNullElse(message, "");
        return first.isBlank() || then.isBlank() ? first + then : first + ": " + then;
    }

    /** Shortened to one line. */
    private static String brief(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
