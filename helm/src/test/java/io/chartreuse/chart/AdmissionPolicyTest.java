package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import io.chartreuse.spi.provider.RunFinisher;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The changes that the hook's account may make while the chart's policy is in force, on a real server. */
@EnabledIfEnvironmentVariable(named = TestCluster.VARIABLE, matches = ".+")
class AdmissionPolicyTest {

    private static final String SETTINGS = "{select: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: edge}]}";
    private static final Set<String> RIGHTS = Set.of(
            "ServiceAccount", "Role", "RoleBinding", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    private static final String WORKLOADS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: "true"}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "registry.example.com/web:1", env: [{name: LEVEL, value: info}]}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: queue, labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: "true"}}
            spec:
              replicas: 1
              selector: {matchLabels: {app: queue}}
              template: {metadata: {labels: {app: queue}}, spec: {containers: [{name: queue, image: queue}]}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: "true"}}
            spec:
              replicas: 1
              serviceName: db
              selector: {matchLabels: {app: db}}
              template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: db}]}}
            ---
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: lone, labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: "true"}}
            spec:
              replicas: 1
              selector: {matchLabels: {app: lone}}
              template: {metadata: {labels: {app: lone}}, spec: {containers: [{name: lone, image: lone}]}}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly, labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: "true"}}
            spec:
              schedule: "0 3 1 1 *"
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: nightly, image: nightly}]}}}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: edge}
            spec: {replicas: 2}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec:
              minReplicas: 2
              maxReplicas: 5
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              behavior: {scaleDown: {stabilizationWindowSeconds: 60}}
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: queue}
            spec: {scaleTargetRef: {name: queue}, minReplicaCount: 1, maxReplicaCount: 3}
            """;

    @TempDir
    Path directory;

    private final TestCluster cluster = new TestCluster();
    private KubernetesClient account;

    @BeforeEach
    void deploy() {
        Manifests chart = Rendering.installWithAllApis(
                directory,
                Values.SHOP,
                "admissionPolicy: {enabled: true}",
                "config: {kubernetes: {workloads: " + SETTINGS + "}}");
        chart.objects().stream()
                .filter(object -> RIGHTS.contains(object.path("kind").asText()))
                .forEach(object -> create(object.toString().replace("shop-prod", cluster.namespace())));
        create(WORKLOADS);
        Config config = Config.fromKubeconfig(
                Path.of(System.getenv(TestCluster.VARIABLE)).toFile());
        config.setImpersonateUsername("system:serviceaccount:" + cluster.namespace() + ":shop-chartreuse");
        config.setNamespace(cluster.namespace());
        account = new KubernetesClientBuilder().withConfig(config).build();
        awaitThePolicy();
    }

    @AfterEach
    void close() {
        String name = "shop-chartreuse." + cluster.namespace() + ".chartreuse.io";
        cluster.client()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName(name)
                .delete();
        cluster.client()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName(name)
                .delete();
        account.close();
        cluster.close();
    }

    private void create(String text) {
        for (Object document : new Yaml().loadAll(text)) {
            String json = new ObjectMapper().valueToTree(document).toString();
            cluster.client()
                    .load(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
                    .items()
                    .forEach(object -> create(object));
        }
    }

    private void create(HasMetadata object) {
        boolean clusterWide = object.getKind().startsWith("ValidatingAdmission");
        if (clusterWide) {
            cluster.client().resource(object).create();
        } else {
            cluster.client().resource(object).inNamespace(cluster.namespace()).create();
        }
    }

    /**
     * The server takes a new policy into use a moment after it was made. A label that was set once would change no
     * more.
     */
    private void awaitThePolicy() {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        var web = account.apps().deployments().withName("web").dryRun();
        while (!refusal(web, "{\"metadata\":{\"labels\":{\"probe\":\"x\"}}}").contains("changes no labels")) {
            assertTrue(System.nanoTime() < end, "the policy does not come into force");
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** The server's error for that change of the Deployment; empty where the server accepts it. */
    private String refusal(String patch) {
        return refusal(account.apps().deployments().withName("web"), patch);
    }

    private static String refusal(EditReplacePatchable<Deployment> web, String patch) {
        try {
            web.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            return "";
        } catch (KubernetesClientException refused) {
            return refused.getMessage();
        }
    }

    private void assertRefused(String says, String patch) {
        String refusal = refusal(patch);
        assertTrue(refusal.contains(says), () -> patch + ": " + refusal);
    }

    @Test
    void nothingOfAWorkloadChangesButItsReplicasAndMarks() {
        String replicas = ".spec.replicas alone";
        String container = "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",%s}]}}}}";
        assertRefused(replicas, container.formatted("\"image\":\"evil:1\""));
        assertRefused(
                replicas,
                container.formatted(
                        "\"image\":\"registry.example.com/web:1\",\"env\":[{\"name\":\"LEVEL\",\"value\":\"x\"}]"));
        assertRefused(replicas, "{\"spec\":{\"template\":{\"spec\":{\"serviceAccountName\":\"admin\"}}}}");
        assertRefused(replicas, "{\"spec\":{\"replicas\":0,\"paused\":true}}");
        assertRefused("no labels", "{\"metadata\":{\"labels\":{\"app.kubernetes.io/instance\":\"other\"}}}");
        assertRefused("no labels", "{\"metadata\":{\"labels\":{\"app.kubernetes.io/instance\":null}}}");
        assertRefused("no annotations", "{\"metadata\":{\"annotations\":{\"chartreuse.io/stop\":\"false\"}}}");
        assertRefused("no annotations", "{\"metadata\":{\"annotations\":{\"owner\":\"me\"}}}");
        assertRefused("finalizers", "{\"metadata\":{\"finalizers\":[\"acme.io/keep\"]}}");
        assertEquals("", refusal("{\"spec\":{\"replicas\":3}}"));
    }

    @Test
    void noOtherConfigMapAndNoOtherLeaseIsWritten() {
        cluster.client()
                .resource(configMap("settings"))
                .inNamespace(cluster.namespace())
                .create();
        for (String name :
                List.of("settings-2", "chartreuse-run-shopping.x", "chartreuse-shop", "shop-chartreuse-config")) {
            assertForbidden(() -> account.resource(configMap(name)).create());
        }
        assertForbidden(() -> account.configMaps().withName("settings").delete());
        assertForbidden(() -> account.resource(new ConfigMapBuilder(configMap("settings"))
                        .addToData("a", "b")
                        .build())
                .update());
        assertForbidden(() -> account.resource(lease("somebodys-leader")).create());
        account.resource(configMap("chartreuse-run-shop.20261130t080000z-3fa2c1"))
                .create();
        account.configMaps()
                .withName("chartreuse-run-shop.20261130t080000z-3fa2c1")
                .delete();
        account.resource(lease("chartreuse-shop")).create();
    }

    private static io.fabric8.kubernetes.api.model.ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.coordination.v1.Lease lease(String name) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("x")
                .endSpec()
                .build();
    }

    private static void assertForbidden(Runnable change) {
        try {
            change.run();
        } catch (KubernetesClientException refused) {
            assertTrue(refused.getMessage().contains("the account of Chartreuse writes"), refused.getMessage());
            return;
        }
        throw new AssertionError("the server took it");
    }

    @Test
    void everyKindIsStoppedAndBroughtBack() throws Exception {
        JsonNode workloads = new ObjectMapper().valueToTree(new Yaml().load(SETTINGS));
        ObjectNode section = new ObjectMapper().createObjectNode();
        section.set("workloads", workloads);
        section.put("kubeconfig", kubeconfig().toString());
        try (Provider provider = factory().create(section, context())) {
            List<Resource> found = provider.refresh();
            assertEquals(6, found.size(), found::toString);
            for (Resource workload : found) {
                assertEquals(
                        workload.maintenance().orElseThrow(),
                        provider.converge(step(workload, Phase.DURING), Progress.NONE));
            }
            for (Resource workload : found) {
                assertEquals(workload.desired(), provider.converge(step(workload, Phase.AFTER), Progress.NONE));
            }
            assertEquals(List.of(), ((RunFinisher) provider).finish(Duration.ofSeconds(20)), "managedFields too");
        }
    }

    private static ProviderFactory factory() {
        return ServiceLoader.load(ProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals("kubernetes"))
                .findFirst()
                .orElseThrow();
    }

    private Path kubeconfig() {
        Config config = account.getConfiguration();
        Path file = directory.resolve("kubeconfig");
        String authority = config.getCaCertData() != null
                ? "certificate-authority-data: " + config.getCaCertData()
                : "certificate-authority: " + config.getCaCertFile();
        String token = Optional.ofNullable(config.getOauthToken()).orElse(config.getAutoOAuthToken());
        ChartFolder.write(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", %s}}]
                users: [{name: test, user: {token: "%s", as: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: %s}}]
                current-context: test
                """.formatted(
                        config.getMasterUrl(), authority, token, config.getImpersonateUsername(), cluster.namespace()));
        return file;
    }

    private Context context() {
        return new Context(
                "shop",
                Optional.of(cluster.namespace()),
                directory,
                reference -> {
                    throw new AssertionError("no secret is asked for here");
                },
                Map.of(),
                Clock.systemUTC());
    }

    private static Step step(Resource resource, Phase phase) {
        Change change = new Change(
                resource.address(),
                resource.role(),
                resource.order(),
                List.of("stop", "start"),
                resource.reason(),
                resource.observed(),
                resource.maintenance(),
                resource.desired(),
                List.of(),
                List.of(),
                resource.identity(),
                resource.fingerprint(),
                resource.findings());
        return new Step("1", change, phase, "run-1");
    }
}
