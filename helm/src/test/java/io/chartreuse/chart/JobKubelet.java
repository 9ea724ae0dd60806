package io.chartreuse.chart;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether the cluster's node runs the Pods of Jobs as processes of this machine, as the tests' stand-in kubelet does.
 */
final class JobKubelet {

    private static final long SECONDS = 20;

    private JobKubelet() {}

    /** Skips the test with a line where a Job does not see this machine's files. */
    static void assumeSees(Path program) {
        try (TestCluster cluster = new TestCluster()) {
            cluster.client().resource(look(cluster.namespace(), program)).create();
            assumeTrue(
                    succeeds(cluster),
                    () -> "the cluster's Jobs do not run on this machine: nothing there is " + program);
        }
    }

    private static boolean succeeds(TestCluster cluster) {
        try {
            return succeeded(cluster.client()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(cluster.namespace())
                    .withName("look")
                    .waitUntilCondition(JobKubelet::succeeded, SECONDS, TimeUnit.SECONDS));
        } catch (KubernetesClientTimeoutException never) {
            return false;
        }
    }

    private static boolean succeeded(Job job) {
        return job != null
                && job.getStatus() != null
                && Integer.valueOf(1).equals(job.getStatus().getSucceeded());
    }

    private static Job look(String namespace, Path program) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("look")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65532L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("look")
                .withImage("busybox:1.37")
                .withCommand(List.of("test", "-x", program.toString()))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
