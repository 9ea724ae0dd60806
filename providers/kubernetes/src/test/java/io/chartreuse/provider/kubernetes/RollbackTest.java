package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.finish;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kubectl rollout undo} replaces a Deployment's annotations by those of a ReplicaSet, which were copied from it
 * at any time before. It does not change labels and replicas.
 */
class RollbackTest {

    private static final String VERSION_ONE =
            "{\\\"shop\\\": {\\\"run\\\": \\\"run-0\\\", \\\"since\\\": \\\"2026-11-22T07:00:00Z\\\"}}";

    private static final String MARKED = """
            {"wiremind.io/stopped-by": "shop", "chartreuse.io/former-replicas": "2", "chartreuse.io/run": "run-0",
             "chartreuse.io/stopped-at": "2026-11-22T07:00:00Z", "chartreuse.io/held-by": "%s"}""".formatted(VERSION_ONE);
    private static final String UNMARKED = """
            {"wiremind.io/stopped-by": null, "chartreuse.io/former-replicas": null, "chartreuse.io/run": null,
             "chartreuse.io/stopped-at": null, "chartreuse.io/held-by": null}""";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();
    private final SampleWorkloads workloads = cluster.workloads();
    private Provider shop;
    private Provider billing;

    @BeforeEach
    void connect() {
        workloads.deployment("web", 4);
        shop = provider("shop");
        billing = provider("billing");
    }

    @AfterEach
    void disconnect() {
        shop.close();
        billing.close();
        cluster.close();
    }

    @Test
    void anotherReleaseStopsAndStartsWhatARollbackMarkedAgain() throws InterruptedException {
        runningAgainWithTheMarksOfAStop();

        Resource web = only(billing.refresh());
        assertEquals(json("{'replicas': 4, 'stoppedBy': 'shop'}"), web.observed());
        billing.converge(during(web), Progress.NONE);
        assertEquals(json("{'replicas': 4}"), billing.converge(after(web), Progress.NONE));

        assertEquals(4, workloads.deployment("web").getSpec().getReplicas());
        assertEquals(List.of(), marks());
    }

    @Test
    void aStaleMarkOnWhatRunsIsSaidAndTakenOff() throws InterruptedException {
        runningAgainWithTheMarksOfAStop();

        Resource web = only(shop.refresh());
        assertTrue(web.reason().startsWith("runs, but is marked as stopped by release shop"), web.reason());
        assertEquals(web.desired(), shop.converge(after(web), Progress.NONE));

        finish(shop);
        assertEquals(List.of(), marks());
        assertEquals(only(shop.refresh()).observed(), only(shop.refresh()).desired());
    }

    @Test
    void whatIsAtZeroOnPurposeStaysThere() throws InterruptedException {
        runningAgainWithTheMarksOfAStop();
        workloads.scale("web", 0);

        Resource web = only(shop.refresh());

        assertEquals(json("{'replicas': 0}"), web.observed());
        assertEquals(web.observed(), web.desired());
        assertEquals("is at 0 on purpose", web.reason());
    }

    @Test
    void theFormerStateOutlivesARollbackWhileItIsStopped() throws InterruptedException {
        stopped(shop);
        workloads.removeAnnotations("web", "wiremind.io/stopped-by", "chartreuse.io/held-by");

        Resource web = only(shop.refresh());

        assertEquals(json("{'replicas': 4}"), web.desired());
        assertEquals(web.desired(), shop.converge(after(web), Progress.NONE));
    }

    @Test
    void marksOfVersionOneStillBringAWorkloadBack() throws InterruptedException {
        markedByVersionOne();
        workloads.scale("web", 0);

        Resource web = only(shop.refresh());
        assertEquals("stopped by run run-0 of release shop since 2026-11-22T07:00:00Z", web.reason());
        assertEquals(json("{'replicas': 2}"), shop.converge(after(web), Progress.NONE));

        assertEquals(List.of(), marks());
    }

    @Test
    void marksOfVersionOneThatARollbackCopiesHoldNothing() throws InterruptedException {
        assumeTrue(cluster.isReal(), "the server of this process does not say who wrote a field");
        patch("fabric8-kubernetes-client", MARKED, "0");
        awaitCopyOfMarks();
        patch("fabric8-kubernetes-client", UNMARKED, "4");
        workloads.startSlowly("web", "1");
        rollBack();
        assertTrue(marks().contains("chartreuse.io/held-by"), marks()::toString);
        patch("kubectl-patch", "{}", "0");

        Resource web = only(shop.refresh());

        assertEquals("is at 0 on purpose", web.reason());
        assertEquals(web.observed(), web.desired());
        assertEquals(json("{'replicas': 0}"), only(billing.refresh()).observed());
    }

    @Test
    void marksOfVersionOneAreStaleOnWhatRuns() {
        markedByVersionOne();

        assertEquals(
                json("{'replicas': 4, 'stoppedBy': 'shop'}"),
                only(billing.refresh()).observed());
    }

    @Test
    void whoJoinsAHoldOfVersionOneKeepsIt() throws InterruptedException {
        markedByVersionOne();
        workloads.scale("web", 0);
        Resource theirs = stopped(billing);
        assertEquals(
                List.of("chartreuse.io/former-replicas", "holder.chartreuse.io/billing", "holder.chartreuse.io/shop"),
                marks().stream()
                        .filter(key -> !Stream.of("wiremind.io/stopped-by", "chartreuse.io/held-by")
                                .toList()
                                .contains(key))
                        .toList());

        billing.converge(after(theirs), Progress.NONE);
        assertEquals(0, workloads.deployment("web").getSpec().getReplicas());

        Resource web = only(shop.refresh());
        assertEquals(json("{'replicas': 2}"), shop.converge(after(web), Progress.NONE));
        assertEquals(List.of(), marks());
    }

    /** Stopped and started, then rolled back: it has again the annotations that were copied during the stop. */
    private void runningAgainWithTheMarksOfAStop() throws InterruptedException {
        Resource web = stopped(shop);
        Map<String, String> copied =
                Map.copyOf(written(workloads.deployment("web").getMetadata().getAnnotations()));
        shop.converge(after(web), Progress.NONE);
        copied.forEach((key, value) -> workloads.annotate("web", key, value));
    }

    private void awaitCopyOfMarks() {
        cluster.client()
                .apps()
                .replicaSets()
                .inNamespace(cluster.namespace())
                .waitUntilCondition(RollbackTest::isMarked, 30, TimeUnit.SECONDS);
    }

    private static boolean isMarked(ReplicaSet set) {
        return set != null && written(set.getMetadata().getAnnotations()).containsKey("chartreuse.io/held-by");
    }

    /** As {@code kubectl rollout undo}: the template and the annotations of the ReplicaSet that was marked. */
    private void rollBack() {
        ReplicaSet former =
                cluster.client().apps().replicaSets().inNamespace(cluster.namespace()).list().getItems().stream()
                        .filter(RollbackTest::isMarked)
                        .findFirst()
                        .orElseThrow();
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "replace")
                .put("path", "/spec/template/metadata/annotations")
                .putObject("value");
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/annotations")
                .putPOJO("value", former.getMetadata().getAnnotations());
        patch("kubectl", PatchType.JSON, patch.toString());
    }

    private void patch(String manager, String annotations, String replicas) {
        patch(
                manager,
                PatchType.JSON_MERGE,
                "{\"metadata\": {\"annotations\": %s}, \"spec\": {\"replicas\": %s}}".formatted(annotations, replicas));
    }

    private void patch(String manager, PatchType type, String patch) {
        cluster.client()
                .resource(workloads.deployment("web"))
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(type)
                                .withFieldManager(manager)
                                .build(),
                        patch);
    }

    private static Resource stopped(Provider provider) throws InterruptedException {
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        return web;
    }

    private void markedByVersionOne() {
        workloads.annotate("web", "wiremind.io/stopped-by", "shop");
        workloads.annotate("web", "chartreuse.io/held-by", VERSION_ONE);
        workloads.annotate("web", "chartreuse.io/former-replicas", "2");
        workloads.annotate("web", "chartreuse.io/run", "run-0");
        workloads.annotate("web", "chartreuse.io/stopped-at", "2026-11-22T07:00:00Z");
    }

    private List<String> marks() {
        HasMetadata web = workloads.deployment("web");
        return Stream.of(web.getMetadata().getAnnotations(), web.getMetadata().getLabels())
                .flatMap(all -> written(all).keySet().stream())
                .filter(key -> key.contains("chartreuse.io/") || key.contains("wiremind.io/"))
                .sorted()
                .toList();
    }

    /** The in-process server keeps a key that was set to null. */
    private static Map<String, String> written(Map<String, String> all) {
        return Objects.requireNonNullElse(all, Map.<String, String>of()).entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Provider provider(String holder) {
        var section = Sessions.section();
        var workload = section.putObject("workloads").put("holder", holder);
        workload.putArray("select").addObject().put("kind", "Deployment").put("name", "web");
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }
}
