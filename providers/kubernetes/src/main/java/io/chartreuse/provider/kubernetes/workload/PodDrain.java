package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.InFlightGroup;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Waits until a stopped workload's pods are gone. Terminating ones count, for they still write. One watch serves all who
 * wait; each looks past it before it says so, because a watch may lag: at the workload first, for its controller makes
 * pods, then at the pods. Those looks are shared, too.
 */
final class PodDrain {

    private static final int NAMES_SHOWN = 5;

    /** A watch whose connection died unnoticed says nothing: after so long without a word, look. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);

    /** Where the watch shows no pods but the look does, or the controller has not taken note yet. */
    private static final Duration SOON = Duration.ofMillis(250);

    /** How long to wait for others who wait, so that one look does for all: looks are what costs the API server most. */
    private static final Duration COMPANY = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final InFlightGroup company = new InFlightGroup();
    private final Watched<Pod> watched;
    private final LiveObjects<Pod> pods;
    private final Duration timeout;

    PodDrain(Cluster cluster, PodWatch watch, Duration timeout) {
        this.cluster = cluster;
        this.watched = watch.watched();
        this.pods = new LiveObjects<>(cluster, Pod.class);
        this.timeout = timeout;
    }

    /** Begins to watch, so that no later call has to wait for the first list. */
    void prepare() {
        watched.follow(pod -> false).close();
    }

    /**
     * Returns when they are gone.
     *
     * @return the workload as it was read then
     * @throws ChartreuseException where some are left after the timeout, each with why
     */
    GenericKubernetesResource await(DrainingWorkload drained, Progress progress) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        try (Interest<Pod> interest = watched.follow(drained.concerns())) {
            List<RemainingPod> left;
            do {
                left = watch(drained, interest, end, progress);
                company.await(Math.min(COMPANY.toNanos(), end - System.nanoTime()));
                Optional<GenericKubernetesResource> settled = drained.settled().get();
                if (settled.isPresent() && left(drained, pods.list()).isEmpty()) {
                    return settled.get();
                }
                interest.await(Math.min(SOON.toNanos(), end - System.nanoTime()));
            } while (end - System.nanoTime() > 0);
            throw timedOut(drained, left);
        }
    }

    /** Returns what is left when that is nothing, time is up, or nothing was heard for so long that a look is due. */
    private List<RemainingPod> watch(DrainingWorkload drained, Interest<Pod> interest, long end, Progress progress)
            throws InterruptedException {
        String said = "";
        company.join();
        try {
            while (true) {
                List<RemainingPod> left = left(drained, interest.objects());
                said = tell(left, said, progress);
                long patience = Math.min(LONGEST_QUIET.toNanos(), end - System.nanoTime());
                if (left.isEmpty() || !interest.await(patience)) {
                    return left;
                }
            }
        } finally {
            company.leave();
        }
    }

    private static List<RemainingPod> left(DrainingWorkload drained, List<Pod> found) {
        return found.stream()
                .filter(RemainingPod::mayRun)
                .filter(drained.owns())
                .map(RemainingPod::of)
                .sorted(Comparator.comparing(RemainingPod::name))
                .toList();
    }

    private static String tell(List<RemainingPod> left, String said, Progress progress) {
        String now = describe(left);
        if (!now.equals(said)) {
            progress.report(now);
        }
        return now;
    }

    private static String describe(List<RemainingPod> left) {
        if (left.isEmpty()) {
            return "no pods left";
        }
        List<String> names =
                left.stream().map(RemainingPod::name).limit(NAMES_SHOWN).toList();
        String more = left.size() > NAMES_SHOWN ? ", …" : "";
        return left.size() + (left.size() == 1 ? " pod left: " : " pods left: ") + String.join(", ", names) + more;
    }

    private ChartreuseException timedOut(DrainingWorkload drained, List<RemainingPod> left) {
        String what = left.isEmpty()
                ? "its controller has not taken note of it"
                : left.stream().map(RemainingPod::toString).collect(Collectors.joining("; "));
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.STOP_TIMEOUT,
                "%s \"%s\" in namespace %s has not stopped after %d s: %s"
                        .formatted(drained.kind(), drained.name(), cluster.namespace(), timeout.toSeconds(), what),
                "See what holds the pods (kubectl describe pod), or give them more time with kubernetes.stopTimeout"));
    }
}
