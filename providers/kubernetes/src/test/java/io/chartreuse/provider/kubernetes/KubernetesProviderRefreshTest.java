package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesProviderRefreshTest {

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private Provider provider;

    @BeforeEach
    void connect() {
        provider = Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")));
    }

    @AfterEach
    void disconnect() {
        provider.close();
        cluster.close();
    }

    @Test
    void aRunningDeploymentIsWantedAsItIs() {
        String uid = workloads.deployment("web", 2).getMetadata().getUid();
        workloads.expectedScale(RELEASE, "web", 1, 10);

        Resource web = only(provider.refresh());

        assertEquals("kubernetes.deployment/web", web.address().toString());
        assertEquals(Role.QUIESCE, web.role());
        assertEquals(10, web.order());
        assertEquals(json("{'replicas': 2}"), web.observed());
        assertEquals(web.observed(), web.desired());
        assertEquals(json("{'replicas': 0}"), web.maintenance().orElseThrow());
        assertEquals(uid, web.identity().get("uid"));
        assertEquals(cluster.namespace(), web.identity().get("namespace"));
        assertEquals("2", web.fingerprint().get("replicas"));
        assertEquals(List.of(), web.findings());
    }

    @Test
    void anAutoscalerBelongsToItsDeploymentAndOwnsTheReplicas() {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.expectedScale(RELEASE, "web", 1, 0);

        Resource web = only(provider.refresh());

        assertEquals(json("{'replicas': 3, 'autoscaler': {'name': 'web', 'min': 2, 'max': 10}}"), web.observed());
        assertEquals(web.observed(), web.desired());
        assertEquals(
                json("{'replicas': 0, 'autoscaler': 'paused'}"),
                web.maintenance().orElseThrow());
        assertFalse(web.fingerprint().containsKey("replicas"));
    }

    @Test
    void aDeploymentAtZeroOnPurposeStaysThere() {
        workloads.deployment("web", 0);
        workloads.expectedScale(RELEASE, "web", 3, 0);

        Resource web = only(provider.refresh());

        assertEquals(json("{'replicas': 0}"), web.observed());
        assertEquals(web.observed(), web.desired());
        assertEquals(web.observed(), web.maintenance().orElseThrow());
        assertEquals("is at 0 on purpose", web.reason());
    }

    @Test
    void aMissingDeploymentIsAWarning() {
        workloads.expectedScale(RELEASE, "web", 3, 0);

        Resource web = only(provider.refresh());

        assertEquals(json("{'exists': false}"), web.observed());
        assertEquals(web.observed(), web.maintenance().orElseThrow());
        assertEquals(KubernetesError.WORKLOAD_MISSING, finding(web).code());
        assertFalse(finding(web).isError());
    }

    @Test
    void scalesOfAnotherReleaseDoNotCount() {
        workloads.deployment("web", 1);
        workloads.expectedScale("another", "web", 1, 0);

        assertEquals(List.of(), provider.refresh());
    }

    @Test
    void twoScalesOfOneDeploymentAreOneResourceWithAWarning() {
        workloads.deployment("web", 1);
        workloads.expectedScale(RELEASE, "low", "web", 1, -5);
        workloads.expectedScale(RELEASE, "high", "web", 1, 5);

        Resource web = only(provider.refresh());

        assertEquals(5, web.order());
        assertTrue(
                finding(web).summary().contains("high, low; high counts"),
                finding(web).summary());
    }

    @Test
    void whatAnotherReleaseStoppedStaysStopped() {
        workloads.deployment("web", 0);
        workloads.annotate("web", "wiremind.io/stopped-by", "another");
        workloads.expectedScale(RELEASE, "web", 3, 0);

        Resource web = only(provider.refresh());

        assertEquals(json("{'replicas': 0, 'heldBy': ['another']}"), web.desired());
        assertEquals(KubernetesError.STOPPED_BY_ANOTHER, finding(web).code());
    }

    @Test
    void whatTheEarlierToolStoppedComesBackToTheExpectedScale() {
        workloads.deployment("web", 0);
        workloads.annotate("web", "wiremind.io/stopped-by", RELEASE);
        workloads.expectedScale(RELEASE, "web", 3, 0);

        assertEquals(json("{'replicas': 3}"), only(provider.refresh()).desired());
    }

    @Test
    void workloadsAreSortedByAddress() {
        workloads.deployment("b", 0);
        workloads.deployment("a", 0);
        workloads.expectedScale(RELEASE, "a", 1, 0);
        workloads.expectedScale(RELEASE, "b", 1, 9);

        assertEquals(
                List.of("a", "b"),
                provider.refresh().stream()
                        .map(resource -> resource.address().name())
                        .toList());
    }

    @Test
    void nothingIsLookedForWhereScalesAreSwitchedOff() {
        workloads.expectedScale(RELEASE, "web", 1, 0);
        var section = Sessions.section();
        section.putObject("workloads").put("expectedDeploymentScales", false);
        try (Provider off = Sessions.provider(directory.resolve("kubeconfig"), section)) {
            assertEquals(List.of(), off.refresh());
        }
    }

    private static Diagnostic finding(Resource resource) {
        assertEquals(1, resource.findings().size(), () -> resource.findings().toString());
        return resource.findings().get(0);
    }
}
