package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;

/** Waits until nothing of a stopped workload runs any more, in the way that its kind asks for. */
final class WorkloadDrain {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final PodDrain deployments;
    private final Duration timeout;

    WorkloadDrain(Cluster cluster, Duration timeout) {
        this.cluster = cluster;
        this.deployments = new PodDrain(cluster, timeout);
        this.timeout = timeout;
    }

    /**
     * Returns when all is gone.
     *
     * @param stopped the workload as it was after its replicas were set to 0
     * @throws io.chartreuse.spi.ChartreuseException where something is left after the timeout
     */
    void await(WorkloadKind kind, GenericKubernetesResource stopped, Choice.Jobs jobs, Progress progress)
            throws InterruptedException {
        if (kind.equals(WorkloadKind.DEPLOYMENT)) {
            deployments.await(JSON.convertValue(stopped, Deployment.class), progress);
        } else if (!kind.isSuspended()) {
            new OwnedDrain<>(cluster, Pod.class, OwnedPods.of(cluster, kind, stopped), timeout)
                    .await(kind, stopped, progress);
        } else if (jobs == Choice.Jobs.WAIT) {
            new OwnedDrain<>(cluster, Job.class, new OwnedJobs(stopped), timeout).await(kind, stopped, progress);
        }
    }
}
