package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the threads that hold workloads stopped when one of these workloads, or its autoscaler, changes. One watch per
 * kind serves all of them. A kind that may not be watched wakes no thread.
 */
final class ChangeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);

    private final Cluster cluster;
    private final Map<WorkloadKind, Watched<GenericKubernetesResource>> kinds = new ConcurrentHashMap<>();

    ChangeWatch(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Follows the workload and its autoscalers. */
    Wake follow(Workload stopped, String holder) {
        Semaphore changes = new Semaphore(0);
        List<Interest<?>> interests = new ArrayList<>();
        boolean watched = follow(of(stopped.kind()), live -> isRunning(stopped, live, holder), changes, interests);
        for (Autoscaler scaler : stopped.autoscalers()) {
            watched &= follow(
                    of(scaler.type().definition()),
                    live -> isNamed(live, scaler.name())
                            && !Autoscaler.of(scaler.type(), live).paused(),
                    changes,
                    interests);
        }
        return new Wake(changes, interests, watched);
    }

    private static boolean isRunning(Workload stopped, GenericKubernetesResource live, String holder) {
        return isNamed(live, stopped.name())
                && !Workload.of(stopped.kind(), live, List.of()).stoppedBy(holder);
    }

    private static boolean isNamed(HasMetadata live, String name) {
        return live.getMetadata().getName().equals(name);
    }

    private Watched<GenericKubernetesResource> of(WorkloadKind kind) {
        return kinds.computeIfAbsent(kind, unknown -> {
            Watched<GenericKubernetesResource> watched = kind.watchedIn(cluster);
            cluster.closing(watched::close);
            return watched;
        });
    }

    /** Whether the object can be watched. */
    private static <T extends HasMetadata> boolean follow(
            Watched<T> watched, Predicate<T> which, Semaphore changes, List<Interest<?>> interests) {
        try {
            interests.add(watched.follow(which, changes));
            return true;
        } catch (ApiException e) {
            if (!e.forbidden() && !e.notFound()) {
                throw e;
            }
            LOG.debug("not watched, so it is looked at every few seconds", e);
            return false;
        }
    }

    /**
     * The watch of one workload.
     *
     * @param changes a permit for each change
     * @param watched whether all objects that concern it are watched
     */
    record Wake(Semaphore changes, List<Interest<?>> interests, boolean watched) implements AutoCloseable {

        private static final Duration QUIET_WATCHED = Duration.ofSeconds(30);
        private static final Duration QUIET_UNWATCHED = Duration.ofSeconds(5);

        /** Returns at a change, or after a long time without news: a watch may have died unnoticed. */
        void await() throws InterruptedException {
            Duration quiet = watched ? QUIET_WATCHED : QUIET_UNWATCHED;
            if (changes.tryAcquire(quiet.toNanos(), TimeUnit.NANOSECONDS)) {
                changes.drainPermits();
            }
        }

        @Override
        public void close() {
            interests.forEach(Interest::close);
        }
    }
}
