package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;

/** Waits until nothing of a stopped workload runs any more, in the way that its kind asks for. */
final class WorkloadDrain {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PodDrain pods;
    private final JobDrain jobs;
    private final OwnedPods owned;

    WorkloadDrain(Cluster cluster, Duration timeout) {
        this.pods = new PodDrain(cluster, timeout);
        this.jobs = new JobDrain(cluster, timeout);
        this.owned = new OwnedPods(cluster);
    }

    /**
     * Returns when all is gone.
     *
     * @param stopped the workload as it was after its replicas were set to 0
     * @throws io.chartreuse.spi.ChartreuseException where something is left after the timeout
     */
    void await(WorkloadKind kind, GenericKubernetesResource stopped, Choice.Jobs active, Progress progress)
            throws InterruptedException {
        if (kind.equals(WorkloadKind.DEPLOYMENT)) {
            pods.await(JSON.convertValue(stopped, Deployment.class), progress);
        } else if (!kind.isSuspended()) {
            pods.await(owned.of(kind, stopped), progress);
        } else if (active == Choice.Jobs.WAIT) {
            jobs.await(stopped, progress);
        }
    }
}
