package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadKindsTest {

    private static final String RELEASE = "labels: {app.kubernetes.io/instance: shop}";
    private static final String STOP = RELEASE + ", annotations: {chartreuse.io/stop: 'true'}";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aStatefulSetIsStoppedAndStarted() throws InterruptedException {
        manifests.statefulSet("db", 2, STOP);
        workloads.awaitPodCount("db", 2);
        try (Provider provider = provider()) {
            Resource db = only(provider.refresh());
            assertEquals("kubernetes.statefulset/db", db.address().toString());
            assertEquals(json("{'replicas': 0}"), provider.converge(during(db), Progress.NONE));
            assertEquals(0, workloads.pods("db"));
            assertEquals(json("{'replicas': 2}"), provider.converge(after(db), Progress.NONE));
            assertEquals(2, manifests.statefulSet("db").get().<Integer>get("spec", "replicas"));
        }
    }

    @Test
    void aReplicaSetOfItsOwnIsStoppedAndStarted() throws InterruptedException {
        manifests.replicaSet("lone", 1, STOP);
        workloads.awaitPodCount("lone", 1);
        try (Provider provider = provider()) {
            Resource lone = only(provider.refresh());
            assertEquals("kubernetes.replicaset/lone", lone.address().toString());
            assertEquals(json("{'replicas': 0}"), provider.converge(during(lone), Progress.NONE));
            assertEquals(0, workloads.pods("lone"));
            assertEquals(json("{'replicas': 1}"), provider.converge(after(lone), Progress.NONE));
        }
    }

    @Test
    void aReplicaSetOfADeploymentIsLeftToItsDeployment() {
        workloads.deployment("web", 1);
        String owned = cluster.client()
                .apps()
                .replicaSets()
                .inNamespace(cluster.namespace())
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();
        try (Provider provider = provider("[{kind: ReplicaSet, name: " + owned + "}]")) {
            Resource set = only(provider.refresh());
            assertEquals(
                    KubernetesError.WORKLOAD_CONTROLLED, set.findings().get(0).code());
            assertEquals(json("{'exists': false}"), set.maintenance().orElseThrow());
        }
    }

    @Test
    void aCronJobIsSuspendedAndItsJobsAwaited() throws InterruptedException {
        manifests.cronJob("nightly", false, STOP);
        manifests.job("nightly-1", "nightly");
        try (Provider provider = provider()) {
            Resource nightly = only(provider.refresh());
            assertEquals(json("{'suspended': false}"), nightly.observed());
            assertEquals(json("{'suspended': true}"), provider.converge(during(nightly), said -> {
                if (said.equals("active jobs: nightly-1")) {
                    deleteJob("nightly-1");
                }
            }));
            assertEquals(true, manifests.cronJob("nightly").get().<Boolean>get("spec", "suspend"));
            assertEquals(json("{'suspended': false}"), provider.converge(after(nightly), Progress.NONE));
            assertEquals(false, manifests.cronJob("nightly").get().<Boolean>get("spec", "suspend"));
        }
    }

    @Test
    void activeJobsThatDoNotEndAreNamed() {
        manifests.cronJob("nightly", false, STOP);
        manifests.job("nightly-1", "nightly");
        try (Provider provider = provider(Sessions.section().put("stopTimeout", "1s"))) {
            Resource nightly = only(provider.refresh());
            ChartreuseException late =
                    assertThrows(ChartreuseException.class, () -> provider.converge(during(nightly), Progress.NONE));
            assertEquals(KubernetesError.STOP_TIMEOUT, late.diagnostics().get(0).code());
            assertTrue(late.getMessage().contains("nightly-1"), late.getMessage());
        }
    }

    @Test
    void activeJobsAreLeftWhereThatIsConfigured() throws InterruptedException {
        manifests.cronJob("nightly", false, RELEASE);
        manifests.job("nightly-1", "nightly");
        try (Provider provider = provider("[{kind: CronJob, name: nightly, jobs: leave}]")) {
            Resource nightly = only(provider.refresh());
            assertEquals(json("{'suspended': true}"), provider.converge(during(nightly), Progress.NONE));
        }
    }

    @Test
    void aCronJobSuspendedOnPurposeStaysSuspended() throws InterruptedException {
        manifests.cronJob("nightly", true, STOP);
        try (Provider provider = provider()) {
            Resource nightly = only(provider.refresh());
            assertEquals(nightly.observed(), nightly.desired());
            assertEquals(nightly.observed(), nightly.maintenance().orElseThrow());
            assertEquals("is suspended on purpose", nightly.reason());
            provider.converge(during(nightly), Progress.NONE);
            assertEquals(json("{'suspended': true}"), provider.converge(after(nightly), Progress.NONE));
        }
    }

    @Test
    void aCustomKindIsScaledWhereItsReplicasStand() throws InterruptedException {
        cluster.withDefinition("queues.yaml");
        manifests.queue("mails", 4);
        try (Provider provider =
                provider("[{apiVersion: chartreuse.test/v1, kind: Queue, name: mails, replicasPath: .spec.size}]")) {
            Resource mails = only(provider.refresh());
            assertEquals(
                    "kubernetes.queue.chartreuse.test/mails", mails.address().toString());
            assertEquals(json("{'replicas': 0}"), provider.converge(during(mails), Progress.NONE));
            assertEquals(0, manifests.queue("mails").get().<Integer>get("spec", "size"));
            assertEquals(json("{'replicas': 4}"), provider.converge(after(mails), Progress.NONE));
            assertEquals(4, manifests.queue("mails").get().<Integer>get("spec", "size"));
        }
    }

    @Test
    void aKindThatTheClusterDoesNotKnowIsAWarning() {
        assumeTrue(cluster.isReal(), "the other server knows every kind");
        try (Provider provider = provider("[{apiVersion: nowhere.test/v1, kind: Rollout, name: web}]")) {
            Resource web = only(provider.refresh());
            assertEquals(KubernetesError.KIND_UNKNOWN, web.findings().get(0).code());
        }
    }

    private void deleteJob(String name) {
        cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName(name)
                .delete();
    }

    private Provider provider() {
        return provider(Sessions.section());
    }

    private Provider provider(String select) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").set("select", Sessions.yaml(select));
        return provider(section);
    }

    private Provider provider(ObjectNode section) {
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }
}
