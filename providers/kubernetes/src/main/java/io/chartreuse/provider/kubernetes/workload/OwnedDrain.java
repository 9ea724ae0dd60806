package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Waits until what a workload owns is gone. Watches, and looks once more for itself before it says so. */
final class OwnedDrain<T extends HasMetadata> {

    private static final int NAMES_SHOWN = 5;

    /** A watch whose connection died unnoticed says nothing: after so long without a word, look. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);

    /** What has no pods left is soon settled, and nothing that is watched says when. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Class<T> type;
    private final Owned<T> owned;
    private final LiveObjects<T> objects;
    private final Duration timeout;

    OwnedDrain(Cluster cluster, Class<T> type, Owned<T> owned, Duration timeout) {
        this.cluster = cluster;
        this.type = type;
        this.owned = owned;
        this.objects = new LiveObjects<>(cluster, type);
        this.timeout = timeout;
    }

    /** @throws ChartreuseException where some are left after the timeout, each with why */
    void await(WorkloadKind kind, GenericKubernetesResource stopped, Progress progress) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        KindObjects workloads = new KindObjects(cluster, kind);
        Semaphore changes = new Semaphore(0);
        try (Watched<T> watched = Watched.start(cluster, type, this::watch, changes)) {
            boolean quiet = false;
            while (true) {
                List<LeftPod> left = owned.left(watched.objects());
                progress.report(describe(left));
                if ((quiet || left.isEmpty()) && gone(workloads, stopped)) {
                    return;
                }
                long remaining = end - System.nanoTime();
                if (remaining <= 0) {
                    throw timedOut(kind, stopped, left);
                }
                Duration patience = left.isEmpty() ? SETTLING : LONGEST_QUIET;
                quiet = !Signal.await(changes, Math.min(remaining, patience.toNanos()));
            }
        }
    }

    private Informable<T> watch(KubernetesClient client) {
        var all = client.resources(type).inNamespace(cluster.namespace());
        return owned.selector().<Informable<T>>map(all::withLabelSelector).orElse(all);
    }

    /** Looks past the watch, at what the API server has now. */
    private boolean gone(KindObjects workloads, GenericKubernetesResource stopped) {
        List<T> found = owned.selector().map(objects::list).orElseGet(objects::list);
        return owned.left(found).isEmpty()
                && workloads
                        .find(stopped.getMetadata().getName())
                        .filter(live -> !settled(live, stopped))
                        .isEmpty();
    }

    /** Whether its controller has seen the 0: before that it may still make pods. Not every kind says so. */
    private static boolean settled(GenericKubernetesResource live, GenericKubernetesResource stopped) {
        long generation = Objects.requireNonNullElse(stopped.getMetadata().getGeneration(), 0L);
        boolean seen = !(live.get("status", "observedGeneration") instanceof Number observed)
                || observed.longValue() >= generation;
        return seen && !(live.get("status", "replicas") instanceof Number replicas && replicas.intValue() > 0);
    }

    private String describe(List<LeftPod> left) {
        String word = HasMetadata.getSingular(type);
        if (left.isEmpty()) {
            return "no " + word + "s left";
        }
        String names = left.stream().map(LeftPod::name).limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        return left.size() + " " + word + (left.size() == 1 ? "" : "s") + " left: " + names
                + (left.size() > NAMES_SHOWN ? ", …" : "");
    }

    private ChartreuseException timedOut(WorkloadKind kind, GenericKubernetesResource stopped, List<LeftPod> left) {
        String what = left.isEmpty()
                ? "its controller has not taken note of it"
                : left.stream().map(LeftPod::toString).collect(Collectors.joining("; "));
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.STOP_TIMEOUT,
                "%s \"%s\" in namespace %s has not stopped after %d s: %s"
                        .formatted(
                                kind.word(),
                                stopped.getMetadata().getName(),
                                cluster.namespace(),
                                timeout.toSeconds(),
                                what),
                "See what holds it (kubectl describe " + HasMetadata.getSingular(type)
                        + "), or give it more time with kubernetes.stopTimeout"));
    }
}
