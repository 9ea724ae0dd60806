package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.finish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chart that is deployed by server-side apply without force is never refused because of fields that a run has
 * changed.
 */
class ServerSideApplyTest {

    private static final List<String> CHART = List.of("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api, METADATA}
            spec:
              replicas: {{1:2}}
              selector: {matchLabels: {app: api}}
              template:
                metadata: {labels: {app: api}}
                spec: {containers: [{name: main, image: registry.k8s.io/pause:3.10}]}
            """, """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: queue, METADATA}
            spec:
              replicas: {{2:1}}
              serviceName: queue
              podManagementPolicy: Parallel
              selector: {matchLabels: {app: queue}}
              template:
                metadata: {labels: {app: queue}}
                spec: {containers: [{name: main, image: registry.k8s.io/pause:3.10}]}
            """, """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly, METADATA}
            spec:
              schedule: "0 0 31 2 *"
              suspend: {{false:true}}
              jobTemplate:
                spec:
                  template:
                    spec: {restartPolicy: Never, containers: [{name: main, image: registry.k8s.io/pause:3.10}]}
            """, """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: api}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
              minReplicas: 1
              maxReplicas: 4
              behavior: {scaleUp: {selectPolicy: {{Max:Min}}, stabilizationWindowSeconds: 20}}
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
            """, """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: queue, annotations: {autoscaling.keda.sh/paused-replicas: "{{2:1}}"}}
            spec: {scaleTargetRef: {kind: StatefulSet, name: queue}, minReplicaCount: 1, maxReplicaCount: {{5:6}}}
            """);

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();
    private Path kubeconfig;

    @BeforeEach
    void deploy() {
        assumeTrue(cluster.isReal(), "the server of this process knows no managedFields");
        cluster.withScaleDefinition().withDefinition("scaledobjects.yaml");
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        apply(1);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theDeploymentThatFollowsMaySetWhatIsHandedOverStopped() throws InterruptedException {
        run(false, true);
        assertEquals(0, live(CHART.get(0)).<Number>get("spec", "replicas"));

        apply(1);

        assertEquals(1, live(CHART.get(0)).<Number>get("spec", "replicas"));
        apply(2);
    }

    @Test
    void aChartMayChangeWhatWasStartedAgain() throws InterruptedException {
        Map<String, Map<String, String>> before = owners();

        run(true, true);

        assertEquals(before, owners());
        apply(2);
        assertEquals(true, live(CHART.get(2)).get("spec", "suspend"));
    }

    @Test
    void whatAChartNoLongerSetsGoesWithItAfterARun() throws InterruptedException {
        run(true, true);

        HasMetadata without = parsed(CHART.get(3).replaceAll("(?m)^ *behavior.*\\n", ""), 1);
        cluster.client().resource(without).fieldManager("helm").serverSideApply();

        assertNull(live(CHART.get(3)).<Object>get("spec", "behavior"));
    }

    @Test
    void aRunThatDiedBeforeItsEndIsFinishedByTheNext() throws InterruptedException {
        run(true, false);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            List<Resource> found = provider.refresh();
            assertEquals(
                    List.of("chartreuse", "chartreuse", "chartreuse"),
                    found.stream()
                            .map(resource ->
                                    resource.observed().path("fieldManager").asText())
                            .toList());
            for (Resource resource : found) {
                assertEquals("a run that ended early still owns fields of it", resource.reason());
                assertEquals(resource.desired(), provider.converge(after(resource), Progress.NONE));
            }
            finish(provider);
            assertTrue(provider.refresh().stream()
                    .allMatch(resource -> resource.observed().equals(resource.desired())));
        }
        apply(2);
    }

    @Test
    void theFirstOfTwoHoldersToEndLeavesNothingBehindEither() throws InterruptedException {
        try (Provider shop = provider("shop");
                Provider reports = provider("shop-reports")) {
            stop(shop);
            stop(reports);
            start(shop);
            finish(shop);
            start(reports);
            finish(reports);
        }
        apply(2);
    }

    @Test
    void whatVersionOneLeftBehindIsGivenUpToo() throws InterruptedException {
        String marks = """
                {"metadata": {"annotations": {"wiremind.io/stopped-by": "shop", "chartreuse.io/former-replicas": "1",
                "chartreuse.io/held-by": "{\\"shop\\": {\\"run\\": \\"run-0\\", \\"since\\": \\"2026-11-22T07:00:00Z\\"}}"}},
                "spec": {"replicas": 0}}
                """;
        GenericKubernetesResource api = live(CHART.get(0));
        cluster.client()
                .resource(api)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("fabric8-kubernetes-client")
                                .build(),
                        marks);

        run(false, true);

        apply(1);
    }

    @Test
    void whatOthersOwnStaysTheirs() throws InterruptedException {
        cluster.client().resource(parsed("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api, annotations: {team: checkout}}
                """, 1)).fieldManager("team-labels").serverSideApply();

        run(true, true);

        assertTrue(managers(CHART.get(0)).contains("team-labels"));
        assertFalse(managers(CHART.get(0)).contains("chartreuse"));
    }

    private void run(boolean startAgain, boolean finish) throws InterruptedException {
        try (Provider provider = Sessions.provider(kubeconfig)) {
            stop(provider);
            if (startAgain) {
                start(provider);
            }
            if (finish) {
                finish(provider);
            }
        }
    }

    private Provider provider(String holder) {
        var section = Sessions.section();
        section.putObject("workloads").put("holder", holder);
        return Sessions.provider(kubeconfig, section);
    }

    private static void stop(Provider provider) throws InterruptedException {
        for (Resource resource : provider.refresh()) {
            provider.converge(during(resource), Progress.NONE);
        }
    }

    private static void start(Provider provider) throws InterruptedException {
        for (Resource resource : provider.refresh()) {
            provider.converge(after(resource), Progress.NONE);
        }
    }

    /** Deploys the chart's first or second form as Helm 4 does. */
    private void apply(int form) {
        CHART.forEach(manifest -> cluster.client()
                .resource(parsed(manifest, form))
                .fieldManager("helm")
                .serverSideApply());
    }

    private HasMetadata parsed(String manifest, int form) {
        String text = manifest.replace(
                        "METADATA",
                        "labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: \"true\"}")
                .replaceAll("\\{\\{([^:]*):([^}]*)}}", "$" + form);
        GenericKubernetesResource object = Serialization.unmarshal(text, GenericKubernetesResource.class);
        object.getMetadata().setNamespace(cluster.namespace());
        return object;
    }

    private GenericKubernetesResource live(String manifest) {
        HasMetadata named = parsed(manifest, 1);
        return cluster.client()
                .genericKubernetesResources(named.getApiVersion(), named.getKind())
                .inNamespace(cluster.namespace())
                .withName(named.getMetadata().getName())
                .get();
    }

    private List<String> managers(String manifest) {
        return live(manifest).getMetadata().getManagedFields().stream()
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    /** The field owners by object, without the controllers that write statuses. */
    private Map<String, Map<String, String>> owners() {
        Map<String, Map<String, String>> owners = new LinkedHashMap<>();
        CHART.forEach(manifest -> {
            GenericKubernetesResource live = live(manifest);
            Map<String, String> mine = new LinkedHashMap<>();
            live.getMetadata().getManagedFields().stream()
                    .filter(entry -> entry.getSubresource() == null)
                    .forEach(entry -> mine.put(
                            entry.getManager() + " " + entry.getOperation(),
                            Serialization.asJson(entry.getFieldsV1())));
            owners.put(live.getKind(), mine);
        });
        return owners;
    }
}
