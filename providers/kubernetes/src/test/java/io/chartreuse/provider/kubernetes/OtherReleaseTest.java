package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Severity;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ExpectedDeploymentScale stops no workload of another release. */
class OtherReleaseTest {

    private static final String STOP = "chartreuse.io/stop: 'true'";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    private void deployment(String name, Map<String, String> labels, Map<String, String> annotations) {
        workloads.deployment(name, 1);
        labels.forEach((key, value) -> workloads.label(name, key, value));
        annotations.forEach((key, value) -> workloads.annotate(name, key, value));
        workloads.expectedScale(RELEASE, name, 500, 0);
    }

    private List<Resource> refresh(String settings) {
        ObjectNode section = Sessions.section();
        section.set("workloads", json(settings));
        try (Provider provider = Sessions.provider(kubeconfig(), section)) {
            return provider.refresh();
        }
    }

    private Path kubeconfig() {
        return cluster.writeKubeconfig(directory.resolve("kubeconfig"));
    }

    private static List<String> addresses(List<Resource> resources) {
        return resources.stream().map(resource -> resource.address().toString()).toList();
    }

    @Test
    void anExpectedScaleThatNamesADeploymentOfAnotherReleaseIsRefused() {
        deployment("billing", Map.of("app.kubernetes.io/instance", "finance"), Map.of());

        Resource refused = only(refresh("{}"));

        assertEquals(
                "kubernetes.expecteddeploymentscale.wiremind.io/billing",
                refused.address().toString());
        Diagnostic problem = only(refused.findings());
        assertEquals(KubernetesError.OTHER_RELEASE, problem.code());
        assertEquals(Severity.ERROR, problem.severity());
        assertTrue(problem.summary().contains("deployment \"billing\""), problem.summary());
        assertTrue(problem.summary().contains("release finance"), problem.summary());
        assertTrue(problem.remedy().contains("otherReleases: [finance]"), problem.remedy());
    }

    @Test
    void helmsOwnAnnotationCountsBeforeLabels() {
        Map<String, String> labels = Map.of("app.kubernetes.io/instance", "renamed-by-its-chart");
        deployment("ours", labels, Map.of("meta.helm.sh/release-name", RELEASE));
        deployment("theirs", Map.of("release", RELEASE), Map.of("meta.helm.sh/release-name", "finance"));

        assertEquals(
                List.of("kubernetes.deployment/ours", "kubernetes.expecteddeploymentscale.wiremind.io/theirs"),
                addresses(refresh("{}")));
    }

    @Test
    void aDeploymentThatNamesNoReleaseIsStoppedAsBefore() {
        deployment("plain", Map.of("tier", "web"), Map.of());
        assertEquals(List.of("kubernetes.deployment/plain"), addresses(refresh("{}")));
    }

    @Test
    void theConfigurationMayNameTheOtherReleaseOrTheWorkload() {
        deployment("billing", Map.of("release", "finance"), Map.of());
        List<String> stopped = List.of("kubernetes.deployment/billing");
        assertEquals(stopped, addresses(refresh("{'otherReleases': ['finance']}")));
        assertEquals(stopped, addresses(refresh("{'select': [{'kind': 'Deployment', 'name': 'billing'}]}")));
    }

    @Test
    void anAnnotatedWorkloadThatHelmDeployedForAnotherReleaseGoesOn() {
        manifests.statefulSet(
                "ledger",
                1,
                "labels: {release: shop}, annotations: {" + STOP + ", meta.helm.sh/release-name: finance}");

        Resource refused = only(refresh("{}"));

        assertEquals("kubernetes.statefulset/ledger", refused.address().toString());
        assertEquals(refused.observed(), refused.desired());
        assertEquals(KubernetesError.OTHER_RELEASE, only(refused.findings()).code());
    }

    @Test
    void whatWasStoppedBeforeTheWorkloadWasGivenAwayComesBack() throws Exception {
        deployment("billing", Map.of(), Map.of());
        try (Provider provider = Sessions.provider(kubeconfig())) {
            provider.converge(Sessions.during(only(provider.refresh())), Progress.NONE);
        }
        workloads.label("billing", "app.kubernetes.io/instance", "finance");

        try (Provider provider = Sessions.provider(kubeconfig())) {
            List<Resource> found = provider.refresh();
            assertEquals(
                    List.of("kubernetes.deployment/billing", "kubernetes.expecteddeploymentscale.wiremind.io/billing"),
                    addresses(found));
            assertEquals(Severity.WARNING, only(found.get(1).findings()).severity());
            provider.converge(Sessions.after(found.get(0)), Progress.NONE);
        }
        assertEquals(1, workloads.deployment("billing").getSpec().getReplicas(), "and not the 500 of the other");
    }
}
