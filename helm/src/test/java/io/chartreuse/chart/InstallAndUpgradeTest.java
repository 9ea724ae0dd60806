package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Helm does with the chart on a real server, hooks included. The Jobs run a shell that ends at once; what chartreuse
 * itself does is tried elsewhere.
 */
@EnabledIfEnvironmentVariable(named = TestCluster.VARIABLE, matches = ".+")
class InstallAndUpgradeTest {

    private static final String SHELL = """
            image: {repository: busybox, tag: "1.37"}
            env: {SHOP_PG_PASSWORD: none}
            networkPolicy: {enabled: true}
            """;
    private static final String WORKS = "command: [sh, -c, exit 0]";
    private static final String FAILS = "command: [sh, -c, exit 1]";

    @TempDir
    Path directory;

    private Path[] values(String... texts) {
        return Stream.concat(Stream.of(Values.SHOP, SHELL), Stream.of(texts))
                .map(text -> {
                    Path file = directory.resolve(Integer.toHexString(text.hashCode()) + ".yaml");
                    ChartFolder.write(file, text);
                    return file;
                })
                .toArray(Path[]::new);
    }

    private static List<String> set(String suffix) {
        return Stream.of("ConfigMap", "NetworkPolicy", "Role", "RoleBinding", "ServiceAccount")
                .map(kind -> kind + "/shop-chartreuse" + suffix)
                .toList();
    }

    private static List<String> setWithJobs(String... components) {
        return Stream.concat(set("").stream(), Stream.of(components).map(name -> "Job/shop-chartreuse-" + name))
                .sorted()
                .toList();
    }

    @Test
    void afterIsAHookOfInstallAndUpgrade() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS));
            List<String> expected = setWithJobs("migrate");
            assertEquals(expected, cluster.names());
            String first = job(cluster, "migrate").getMetadata().getUid();
            cluster.upgrade(ChartFolder.CHART, values(WORKS));
            assertEquals(expected, cluster.names());
            assertTrue(!first.equals(job(cluster, "migrate").getMetadata().getUid()));
            assertEquals(1, job(cluster, "migrate").getStatus().getSucceeded());
        }
    }

    @Test
    void eachRevisionHasAJobOfItsOwnWhereThereAreNoHooks() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "hooks: {enabled: false}"));
            assertEquals(setWithJobs("r1"), cluster.names());
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "hooks: {enabled: false}"));
            cluster.client()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(cluster.namespace())
                    .withName("shop-chartreuse-r1")
                    .waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
            assertEquals(setWithJobs("r2"), cluster.names());
        }
    }

    @Test
    void beforeIsAJobOnInstallAndHooksAroundAnUpgrade() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "strategy: before"));
            assertEquals(setWithJobs("install"), cluster.names());
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: before"));
            assertEquals(setWithJobs("migrate", "restore"), cluster.names());
            assertEquals(1, job(cluster, "migrate").getStatus().getSucceeded());
            assertTrue(ended(job(cluster, "migrate"))
                            .compareTo(job(cluster, "restore").getMetadata().getCreationTimestamp())
                    <= 0);
        }
    }

    @Test
    void aFailedHookFailsTheUpgradeAndStaysWithAllThatItNeeds() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "strategy: before"));
            assertThrows(
                    RuntimeException.class,
                    () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, "strategy: before")));
            assertTrue(
                    cluster.names().containsAll(set("-hook")),
                    () -> cluster.names().toString());
            assertEquals(1, job(cluster, "migrate").getStatus().getFailed());
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: before"));
            assertTrue(cluster.names().stream().noneMatch(name -> name.endsWith("-hook")));
        }
    }

    @Test
    void anUpgradeMayChangeTheStrategyEitherWay() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "strategy: after"));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: before"));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: after"));
            assertTrue(
                    cluster.names().containsAll(set("")), () -> cluster.names().toString());
            assertEquals(1, job(cluster, "migrate").getStatus().getSucceeded());
        }
    }

    @Test
    void whatIsUninstalledLeavesJobsAndArtifactsOnly() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "strategy: before"));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: before"));
            cluster.uninstall();
            assertEquals(List.of("Job/shop-chartreuse-migrate", "Job/shop-chartreuse-restore"), cluster.names());
        }
    }

    @Test
    void theServerAdmitsWhatArgoCdApplies() {
        try (TestCluster cluster = new TestCluster()) {
            for (String strategy : List.of("strategy: before", "strategy: after")) {
                Manifests sync = Rendering.install(directory, Values.SHOP, SHELL, strategy, "deploymentMethod: argocd");
                assertEquals(sync.names().size(), admitted(cluster, sync).size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "migrations-from/image",
                "migrations-from/init-container",
                "migrations-from/image-volume",
                "credentials/secret",
                "credentials/external-secret",
                "credentials/csi",
                "credentials/token"
            })
    void theServerAdmitsWhatExamplesMakeOfTheChart(String name) {
        try (TestCluster cluster = new TestCluster()) {
            Manifests manifests = new Example(name, directory).ofChart();
            assertEquals(manifests.names().size(), admitted(cluster, manifests).size());
        }
    }

    @Test
    void theServerKeepsAnImageVolume() {
        try (TestCluster cluster = new TestCluster()) {
            Manifests manifests = new Example("migrations-from/image-volume", directory).ofChart();
            Job job = admitted(cluster, manifests).stream()
                    .filter(Job.class::isInstance)
                    .map(Job.class::cast)
                    .filter(one -> one.getMetadata().getName().endsWith("-migrate"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(job.getSpec().getTemplate().getSpec().getVolumes().stream()
                    .anyMatch(volume -> volume.getImage() != null
                            && volume.getImage().getReference().equals("registry.example.com/shop:4.2.0")));
        }
    }

    /** As the server would have them. */
    private static List<HasMetadata> admitted(TestCluster cluster, Manifests manifests) {
        return cluster
                .client()
                .load(new ByteArrayInputStream(manifests
                        .text()
                        .replace("shop-prod", cluster.namespace())
                        .getBytes(StandardCharsets.UTF_8)))
                .items()
                .stream()
                .map(object -> cluster.client().resource(object).dryRun().create())
                .toList();
    }

    private static Job job(TestCluster cluster, String component) {
        return cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName("shop-chartreuse-" + component)
                .get();
    }

    private static String ended(Job job) {
        return job.getStatus().getCompletionTime();
    }
}
