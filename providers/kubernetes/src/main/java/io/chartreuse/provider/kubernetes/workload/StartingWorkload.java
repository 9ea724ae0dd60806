package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.spi.provider.ReadinessState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One workload that is starting. Reports what its pods and its own status say as it changes. Used by one thread. */
final class StartingWorkload {

    private static final int REASONS_SHOWN = 3;
    private static final int NAMES_SHOWN = 3;

    private final StartedWorkload started;
    private final DrainingWorkload pods;
    private ReadyStatus status;
    private List<Pod> seen = List.of();
    private boolean firstReported;
    private String said = "";

    /**
     * @param pods   identifies its pods
     * @param status as it was read first
     */
    StartingWorkload(StartedWorkload started, DrainingWorkload pods, ReadyStatus status) {
        this.started = started;
        this.pods = pods;
        this.status = status;
    }

    StartedWorkload started() {
        return started;
    }

    Workload workload() {
        return started.workload();
    }

    boolean concerns(Pod pod) {
        return pods.concerns().test(pod);
    }

    /** Records the state of its pods, which may be among others. */
    void see(List<Pod> all) {
        seen = all.stream().filter(RemainingPod::mayRun).filter(pods.owns()).toList();
        if (!firstReported && ready() > 0 && ready() < status.wanted()) {
            firstReported = true;
            started.progress().stands(ReadinessState.PARTLY_READY, count());
        }
        tell();
    }

    private void tell() {
        Optional<String> trouble = status.trouble().stream()
                .findFirst()
                .or(() -> seen.stream()
                        .flatMap(pod -> PodTrouble.found(pod).stream())
                        .findFirst());
        String now = count() + trouble.map(found -> "; " + found).orElse("");
        if (!now.equals(said)) {
            started.progress().report(now);
            said = now;
        }
    }

    /** Records the current state of the workload. */
    void see(GenericKubernetesResource live) {
        status = ReadyStatus.of(workload().kind(), live);
    }

    boolean isHopeless() {
        return status.hopeless();
    }

    /** Whether it no longer asks for pods, so that the wait for it is over. */
    boolean isAtZero() {
        return status.wanted() == 0;
    }

    /** Whether its status says that it is ready; without such a status, whether its pods are. */
    boolean isReady() {
        return status.settled().orElseGet(() -> ready() >= status.wanted());
    }

    /** Whether neither its status nor its pods show whether it is ready. */
    boolean isUnknown() {
        return status.settled().isEmpty() && seen.isEmpty();
    }

    /** Whether the state of its pods suggests that its status will soon report readiness. */
    boolean mayBeReady() {
        long running = seen.stream().filter(pod -> !PodTrouble.isEnding(pod)).count();
        return ready() > 0 && (ready() >= status.wanted() || ready() == running);
    }

    void tellReady() {
        started.progress().stands(ReadinessState.READY, count(status.wanted()));
    }

    void tellNotReady() {
        started.progress().report(why());
    }

    private int ready() {
        return (int) seen.stream().filter(PodTrouble::isReady).count();
    }

    /** The number of ready pods, from the pods where they are watched: they change earlier than the status. */
    private String count() {
        int ready = seen.isEmpty() ? status.ready().orElse(0) : ready();
        return count(Math.min(ready, status.wanted()));
    }

    private String count(int ready) {
        return ready + " of " + CountText.of(status.wanted(), "pod") + " ready";
    }

    /** For people: how many of its pods are ready, and why the others are not. */
    String why() {
        List<String> reasons = new ArrayList<>(status.trouble());
        if (seen.isEmpty() && reasons.isEmpty()) {
            reasons.add("its controller has made no pod");
        }
        Map<String, List<String>> byReason = seen.stream()
                .filter(pod -> !PodTrouble.isReady(pod))
                .collect(Collectors.groupingBy(
                        PodTrouble::why,
                        TreeMap::new,
                        Collectors.mapping(pod -> pod.getMetadata().getName(), Collectors.toList())));
        byReason.forEach((reason, names) -> reasons.add(names(names) + ": " + reason));
        String more = reasons.size() > REASONS_SHOWN ? "; …" : "";
        return count()
                + reasons.stream()
                        .limit(REASONS_SHOWN)
                        .map(reason -> "; " + reason)
                        .collect(Collectors.joining())
                + more;
    }

    private static String names(List<String> names) {
        String more = names.size() > NAMES_SHOWN ? ", …" : "";
        return names.stream().sorted().limit(NAMES_SHOWN).collect(Collectors.joining(", ")) + more;
    }
}
