package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Progress;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/**
 * Waits until a stopped Deployment's pods are gone. Terminating ones count, for they still write. Watches, and looks
 * once more for itself before it says so, because a watch may begin at an older state.
 */
final class PodDrain {

    private static final int NAMES_SHOWN = 5;

    /** A watch whose connection died unnoticed says nothing: after so long without a word, look. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final LiveObjects<Pod> pods;
    private final LiveObjects<Deployment> deployments;
    private final LiveObjects<ReplicaSet> replicaSets;
    private final Duration timeout;

    PodDrain(Cluster cluster, Duration timeout) {
        this.cluster = cluster;
        this.pods = new LiveObjects<>(cluster, Pod.class);
        this.deployments = new LiveObjects<>(cluster, Deployment.class);
        this.replicaSets = new LiveObjects<>(cluster, ReplicaSet.class);
        this.timeout = timeout;
    }

    /**
     * Returns when they are gone.
     *
     * @param stopped the Deployment as it was after its replicas were set to 0
     * @throws ChartreuseException where some are left after the timeout, each with why
     */
    void await(Deployment stopped, Progress progress) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Semaphore changes = new Semaphore(0);
        PodOwnership ownership = PodOwnership.of(stopped, replicaSets.list(selector(stopped)));
        try (Watched<Pod> watchedPods = watchPods(stopped, changes);
                Watched<Deployment> watchedDeployment = watchDeployment(stopped, changes)) {
            boolean quiet = false;
            while (true) {
                List<LeftPod> left = left(ownership, watchedPods.objects());
                progress.report(describe(left));
                boolean seemsGone = left.isEmpty() && settled(stopped, watchedDeployment.objects());
                if ((quiet || seemsGone) && gone(stopped, ownership)) {
                    return;
                }
                long remaining = end - System.nanoTime();
                if (remaining <= 0) {
                    throw timedOut(stopped, left);
                }
                quiet = !Signal.await(changes, Math.min(remaining, LONGEST_QUIET.toNanos()));
            }
        }
    }

    /** Looks past the watches, at what the API server has now. */
    private boolean gone(Deployment stopped, PodOwnership ownership) {
        return settled(
                        stopped,
                        deployments.find(stopped.getMetadata().getName()).stream()
                                .toList())
                && left(ownership, pods.list(selector(stopped))).isEmpty();
    }

    private Watched<Pod> watchPods(Deployment stopped, Semaphore changes) {
        return Watched.start(
                cluster,
                Pod.class,
                client -> client.pods().inNamespace(cluster.namespace()).withLabelSelector(selector(stopped)),
                changes);
    }

    private Watched<Deployment> watchDeployment(Deployment stopped, Semaphore changes) {
        String name = stopped.getMetadata().getName();
        return Watched.start(
                cluster,
                Deployment.class,
                client -> client.apps()
                        .deployments()
                        .inNamespace(cluster.namespace())
                        .withName(name),
                changes);
    }

    /** Whether the Deployment's controller has seen the 0: before that it may still make pods. */
    private static boolean settled(Deployment stopped, List<Deployment> watched) {
        long generation = Objects.requireNonNullElse(stopped.getMetadata().getGeneration(), 0L);
        return watched.stream().allMatch(live -> {
            var status = live.getStatus();
            long seen = status == null ? 0 : Objects.requireNonNullElse(status.getObservedGeneration(), 0L);
            int replicas = status == null ? 0 : Objects.requireNonNullElse(status.getReplicas(), 0);
            return seen >= generation && replicas == 0;
        });
    }

    private static List<LeftPod> left(PodOwnership ownership, List<Pod> found) {
        return found.stream()
                .filter(ownership::counts)
                .map(LeftPod::of)
                .sorted(Comparator.comparing(LeftPod::name))
                .toList();
    }

    private static String describe(List<LeftPod> left) {
        if (left.isEmpty()) {
            return "no pods left";
        }
        List<String> names = left.stream().map(LeftPod::name).limit(NAMES_SHOWN).toList();
        String more = left.size() > NAMES_SHOWN ? ", …" : "";
        return left.size() + (left.size() == 1 ? " pod left: " : " pods left: ") + String.join(", ", names) + more;
    }

    private ChartreuseException timedOut(Deployment stopped, List<LeftPod> left) {
        String name = stopped.getMetadata().getName();
        String what = left.isEmpty()
                ? "the Deployment controller has not taken note of it"
                : left.stream()
                        .map(LeftPod::toString)
                        .reduce((a, b) -> a + "; " + b)
                        .orElseThrow();
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.STOP_TIMEOUT,
                "deployment \"%s\" in namespace %s has not stopped after %d s: %s"
                        .formatted(name, cluster.namespace(), timeout.toSeconds(), what),
                "See what holds the pods (kubectl describe pod), or give them more time with kubernetes.stopTimeout"));
    }

    private static LabelSelector selector(Deployment deployment) {
        return deployment.getSpec().getSelector();
    }
}
