package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.provider.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Waits until none of a stopped workload runs any more, as its kind requires. */
final class WorkloadDrain {

    private final PodDrain pods;
    private final JobDrain jobs;
    private final OwnedPods owned;
    private final Function<WorkloadKind, LiveObjects<GenericKubernetesResource>> objects;

    WorkloadDrain(
            Cluster cluster,
            Function<WorkloadKind, LiveObjects<GenericKubernetesResource>> objects,
            PodWatch watch,
            Duration timeout) {
        this.pods = new PodDrain(cluster, watch, timeout);
        this.jobs = new JobDrain(cluster, timeout);
        this.objects = objects;
        this.owned = new OwnedPods(cluster, objects);
    }

    /** Does what can be done before any workload is stopped. */
    void prepare() {
        pods.prepare();
    }

    /**
     * Returns when none of it runs any more.
     *
     * @param stopped the workload as it was after its replicas were set to 0
     * @return the workload as it is then; empty where it no longer exists
     * @throws io.chartreuse.spi.model.ChartreuseException where a part of it still runs after the timeout
     */
    Optional<GenericKubernetesResource> await(
            WorkloadKind kind, GenericKubernetesResource stopped, StopReason.Jobs active, Progress progress)
            throws InterruptedException {
        if (!kind.isSuspended()) {
            return Optional.of(pods.await(owned.of(kind, stopped), progress));
        }
        if (active == StopReason.Jobs.WAIT) {
            jobs.await(stopped, progress);
        }
        return objects.apply(kind).find(stopped.getMetadata().getName());
    }
}
