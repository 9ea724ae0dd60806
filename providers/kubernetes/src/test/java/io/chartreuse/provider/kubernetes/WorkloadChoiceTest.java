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
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadChoiceTest {

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
    void onlyWorkloadsOfTheReleaseAreChosenByAnnotation() {
        manifests.statefulSet("ours", 0, "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true'}");
        manifests.statefulSet("theirs", 0, "labels: {release: another}, annotations: {chartreuse.io/stop: 'true'}");
        manifests.statefulSet("unasked", 0, "labels: {release: shop}, annotations: {chartreuse.io/stop: 'false'}");
        manifests.statefulSet("plain", 0, "annotations: {chartreuse.io/stop: 'true'}");

        assertEquals(List.of("kubernetes.statefulset/ours"), addresses("[]"));
    }

    @Test
    void eitherLabelMakesAnExpectedScaleOneOfTheRelease() {
        for (String name : List.of("both", "instance", "release", "other", "unlabelled")) {
            workloads.deployment(name, 1);
        }
        workloads.expectedScale(RELEASE, "both", 1, 0);
        workloads.expectedScale(Map.of("app.kubernetes.io/instance", RELEASE), "instance", "instance", 1, 0);
        workloads.expectedScale(Map.of("release", RELEASE), "release", "release", 1, 0);
        workloads.expectedScale(Map.of("release", "another"), "other", "other", 1, 0);
        workloads.expectedScale(Map.of(), "unlabelled", "unlabelled", 1, 0);

        assertEquals(
                List.of(
                        "kubernetes.deployment/both",
                        "kubernetes.deployment/instance",
                        "kubernetes.deployment/release"),
                addresses("[]"));
    }

    @Test
    void annotationsCountNotWhereTheyAreSwitchedOff() {
        manifests.statefulSet("ours", 0, "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true'}");
        ObjectNode section = Sessions.section();
        section.putObject("workloads").put("annotations", false);
        assertEquals(List.of(), refresh(section));
    }

    @Test
    void labelsInTheConfigurationChooseAllThatBearThem() {
        manifests.statefulSet("a", 0, "labels: {writes: 'yes', tier: back}");
        manifests.statefulSet("b", 0, "labels: {writes: 'yes'}");
        manifests.cronJob("c", true, "labels: {writes: 'yes', tier: back}");

        assertEquals(
                List.of("kubernetes.statefulset/a"),
                addresses("[{kind: StatefulSet, selector: {matchLabels: {writes: 'yes', tier: back}}}]"));
    }

    @Test
    void expressionsInTheConfigurationChooseAsADeploymentsSelectorWould() {
        manifests.statefulSet("back", 0, "labels: {tier: back, writes: 'yes'}");
        manifests.statefulSet("front", 0, "labels: {tier: front}");
        manifests.statefulSet("plain", 0, "");

        assertEquals(List.of("back"), chosenBy("{key: tier, operator: In, values: [back, middle]}"));
        assertEquals(List.of("front", "plain"), chosenBy("{key: tier, operator: NotIn, values: [back]}"));
        assertEquals(List.of("back", "front"), chosenBy("{key: tier, operator: Exists}"));
        assertEquals(List.of("plain"), chosenBy("{key: tier, operator: DoesNotExist}"));
        assertEquals(
                List.of("front"), chosenBy("{key: tier, operator: Exists}, {key: writes, operator: DoesNotExist}"));
        assertEquals(
                List.of("kubernetes.statefulset/back"),
                addresses("[{kind: StatefulSet, selector: {matchLabels: {writes: 'yes'},"
                        + " matchExpressions: [{key: tier, operator: Exists}]}}]"));
    }

    private List<String> chosenBy(String expressions) {
        return refresh("[{kind: StatefulSet, selector: {matchExpressions: [" + expressions + "]}}]").stream()
                .map(resource -> resource.address().name())
                .toList();
    }

    @Test
    void whatIsChosenInSeveralWaysIsOneResourceAndTheConfigurationCounts() {
        workloads.deployment("web", 0);
        Manifests.patch(
                cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace(cluster.namespace())
                        .withName("web"),
                "{'metadata': {'labels': {'release': 'shop'}, 'annotations': {'chartreuse.io/stop': 'true',"
                        + " 'chartreuse.io/priority': '5', 'chartreuse.io/replicas': '4'}}}");
        workloads.expectedScale(RELEASE, "web", 4, 5);

        Resource agreed = only(refresh("[]"));
        assertEquals(5, agreed.order());
        assertEquals(List.of(), agreed.findings());

        Resource contradicted = only(refresh("[{kind: Deployment, name: web, priority: 9}]"));
        assertEquals(9, contradicted.order());
        Diagnostic finding = contradicted.findings().get(0);
        assertEquals(KubernetesError.CHOICE_CONTRADICTORY, finding.code());
        assertTrue(
                finding.summary().contains("kubernetes.workloads.select[0] (priority 9), annotation"),
                finding.summary());
    }

    @Test
    void theReplicasOfTheAnnotationCountWhereTheFormerAreNotKnown() {
        manifests.statefulSet(
                "db",
                0,
                "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true', chartreuse.io/replicas: '3',"
                        + " wiremind.io/stopped-by: shop}");

        assertEquals(json("{'replicas': 3}"), only(refresh("[]")).desired());
    }

    @Test
    void whatTheConfigurationNamesAndIsNotThereIsAWarning() {
        Resource web = only(refresh("[{kind: StatefulSet, name: db}]"));

        assertEquals(KubernetesError.WORKLOAD_MISSING, web.findings().get(0).code());
        assertTrue(web.findings().get(0).summary().startsWith("kubernetes.workloads.select[0] names statefulset"));
    }

    @Test
    void whatWeStoppedComesBackThoughNothingAsksForItAnyMore() throws InterruptedException {
        workloads.deployment("web", 2);
        try (Provider provider = provider(section("[{kind: Deployment, name: web}]"))) {
            provider.converge(Sessions.during(only(provider.refresh())), Progress.NONE);
        }
        try (Provider provider = provider(section("[]"))) {
            Resource web = only(provider.refresh());
            assertEquals(json("{'replicas': 2}"), web.desired());
            assertEquals(web.desired(), provider.converge(Sessions.after(web), Progress.NONE));
            assertEquals(List.of(), provider.refresh());
        }
    }

    private List<String> addresses(String select) {
        return refresh(select).stream()
                .map(resource -> resource.address().toString())
                .toList();
    }

    private List<Resource> refresh(String select) {
        return refresh(section(select));
    }

    private List<Resource> refresh(ObjectNode section) {
        try (Provider provider = provider(section)) {
            return provider.refresh();
        }
    }

    private Provider provider(ObjectNode section) {
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }

    private static ObjectNode section(String select) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").set("select", Sessions.yaml(select));
        return section;
    }
}
