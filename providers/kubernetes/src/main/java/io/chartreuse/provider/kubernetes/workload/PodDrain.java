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
 * Waits until a stopped workload's pods are gone, including terminating ones, which may still write. One watch serves
 * all waiting threads. Because a watch may lag, each thread reads the API server before it returns: first the workload,
 * whose controller creates pods, then the pods. Threads share these reads, too.
 */
final class PodDrain {

    private static final int NAMES_SHOWN = 5;

    /** Reads the API server after so long without an event, because a watch may have died unnoticed. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);

    /**
     * The next read where the watch shows no pods but the API server does, or the controller has not observed the stop
     * yet.
     */
    private static final Duration SOON = Duration.ofMillis(250);

    /** How long to wait for other threads in order to share a read: reads cost the API server most. */
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
     * Returns when the pods are gone.
     *
     * @return the workload as it was read then
     * @throws ChartreuseException where pods are left after the timeout; it names each with the reason
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

    /**
     * Returns the remaining pods when none is left, time is up, or the API server has to be read after a time without
     * events.
     */
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
