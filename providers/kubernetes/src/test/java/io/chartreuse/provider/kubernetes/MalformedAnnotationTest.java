package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Severity;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An unreadable annotation is reported, because its author believes that it takes effect. */
class MalformedAnnotationTest {

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "stop, yes, \"true\" or \"false\"",
        "stop, True, \"true\" or \"false\"",
        "priority, high, a whole number such as \"10\" or \"-1\"",
        "priority, 99999999999, a whole number such as \"10\" or \"-1\"",
        "replicas, 1.5, 'a whole number such as \"3\", not below 0'",
        "replicas, -1, 'a whole number such as \"3\", not below 0'",
    })
    void anAnnotationThatCannotBeReadIsAnErrorThatNamesItAndWhatIsAllowed(String key, String value, String allowed) {
        String stop = key.equals("stop") ? "" : "chartreuse.io/stop: 'true', ";
        manifests.statefulSet(
                "db",
                0,
                "labels: {release: shop}, annotations: {%schartreuse.io/%s: '%s'}".formatted(stop, key, value));

        Diagnostic problem = only(only(refresh()).findings());

        assertEquals(Severity.ERROR, problem.severity());
        assertEquals(KubernetesError.ANNOTATION_MALFORMED, problem.code());
        assertEquals(
                "statefulset \"db\" has an annotation that cannot be read: chartreuse.io/%s: \"%s\"; allowed is %s"
                        .formatted(key, value, allowed),
                problem.summary());
        assertTrue(
                problem.remedy()
                        .endsWith("kubectl -n %s annotate --overwrite statefulset db chartreuse.io/%s=…"
                                .formatted(cluster.namespace(), key)),
                problem.remedy());
        assertEquals(
                "kubernetes.statefulset/db", problem.address().orElseThrow().toString());
    }

    @Test
    void allOfAWorkloadAreToldAtOnce() {
        manifests.statefulSet(
                "db",
                0,
                "labels: {release: shop}, annotations: {chartreuse.io/stop: '1', chartreuse.io/priority: '',"
                        + " chartreuse.io/replicas: many}");

        assertEquals(3, only(refresh()).findings().size());
    }

    @Test
    void whatIsChosenInAnotherWayIsLookedAtToo() {
        workloads.deployment("web", 0);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        workloads.label("web", "release", RELEASE);
        workloads.annotate("web", "chartreuse.io/priority", "first");

        Resource web = only(refresh());

        assertEquals(KubernetesError.ANNOTATION_MALFORMED, only(web.findings()).code());
        assertEquals(json("{'replicas': 0}"), web.maintenance().orElseThrow());
    }

    @Test
    void whatNobodyChoosesAndWhatIsNotOursConcernsUsNot() {
        manifests.statefulSet("unasked", 0, "labels: {release: shop}, annotations: {chartreuse.io/priority: high}");
        manifests.statefulSet("declined", 0, "labels: {release: shop}, annotations: {chartreuse.io/stop: 'false'}");
        manifests.statefulSet("theirs", 0, "labels: {release: another}, annotations: {chartreuse.io/stop: 'yes'}");

        assertEquals(List.of(), refresh());
    }

    @Test
    void nothingThatIsWrittenKeepsAStoppedWorkloadFromComingBack() throws InterruptedException {
        workloads.deployment("web", 2);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        workloads.label("web", "release", RELEASE);
        manifests.statefulSet("db", 1, "labels: {release: shop}");
        try (Provider provider = provider()) {
            provider.converge(Sessions.during(only(provider.refresh())), Progress.NONE);
            workloads.annotate("web", "chartreuse.io/replicas", "two");
            Manifests.patch(
                    manifests.statefulSet("db"), "{'metadata': {'annotations': {'chartreuse.io/stop': 'perhaps'}}}");

            List<Resource> found = provider.refresh();

            assertEquals(2, found.size());
            found.forEach(resource ->
                    assertEquals(Severity.WARNING, only(resource.findings()).severity()));
            Resource web = found.get(0);
            Resource db = found.get(1);
            assertEquals(json("{'replicas': 1}"), db.maintenance().orElseThrow(), "it is left alone");
            assertEquals(web.desired(), provider.converge(Sessions.after(web), Progress.NONE));
            assertEquals(2, workloads.deployment("web").getSpec().getReplicas());

            assertTrue(provider.refresh().stream()
                    .flatMap(resource -> resource.findings().stream())
                    .allMatch(Diagnostic::isError));
        }
    }

    private List<Resource> refresh() {
        try (Provider provider = provider()) {
            return provider.refresh();
        }
    }

    private Provider provider() {
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")));
    }
}
