package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
 * Helm's handling of the chart on a real server, hooks included. The Jobs run a shell that ends at once; other tests
 * run chartreuse itself.
 */
@EnabledIfEnvironmentVariable(named = TestCluster.VARIABLE, matches = ".+")
class InstallAndUpgradeTest {

    private static final String SHELL = """
            image: {repository: busybox, tag: "1.37"}
            env: {SHOP_PG_PASSWORD: none}
            networkPolicy: {enabled: true}
            """;
    private static final String WORKS = "command: [sh, -c, exit 0]";
    /** Makes the migration fail, and no other command. */
    private static final String FAILS = "command: [sh, -c, 'test \"$1\" != apply', sh]";

    private static final String BEFORE = "strategy: before";

    private static final String FAILING_HOOK = """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: shop-other
              annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: before-hook-creation}
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  securityContext: {runAsNonRoot: true, runAsUser: 999, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: other
                      image: busybox:1.37
                      command: [sh, -c, exit 1]
                      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """;

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

    /** An account and its rights. */
    private static Stream<String> set(String suffix) {
        return Stream.of("Role", "RoleBinding", "ServiceAccount").map(kind -> kind + "/shop-chartreuse" + suffix);
    }

    /** All objects of a release except Jobs, with the accounts of these suffixes. */
    private static List<String> release(String... suffixes) {
        return Stream.concat(
                        Stream.of("ConfigMap/shop-chartreuse-config", "NetworkPolicy/shop-chartreuse"),
                        Stream.of(suffixes).flatMap(InstallAndUpgradeTest::set))
                .toList();
    }

    private static List<String> withJobs(List<String> release, String... components) {
        return Stream.concat(release.stream(), Stream.of(components).map(name -> "Job/shop-chartreuse-" + name))
                .sorted()
                .toList();
    }

    private static List<String> setWithJobs(String... components) {
        return withJobs(release("", "-restore", "-check"), components);
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
            assertEquals(withJobs(release("", "-check"), "r1"), cluster.names());
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "hooks: {enabled: false}"));
            cluster.client()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(cluster.namespace())
                    .withName("shop-chartreuse-r1")
                    .waitUntilCondition(Objects::isNull, 30, TimeUnit.SECONDS);
            assertEquals(withJobs(release("", "-check"), "r2"), cluster.names());
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
    void aFailedHookFailsTheUpgradeAndLeavesItsJobAndNoAccount() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "strategy: before"));
            assertThrows(
                    RuntimeException.class,
                    () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, "strategy: before")));
            assertEquals(setWithJobs("install", "migrate"), cluster.names());
            assertEquals(1, job(cluster, "migrate").getStatus().getFailed());
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: before"));
            assertEquals(setWithJobs("migrate", "restore"), cluster.names());
        }
    }

    @Test
    void anUpgradeMayChangeTheStrategyEitherWay() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, "strategy: after"));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: before"));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: after"));
            assertTrue(
                    cluster.names().containsAll(set("").toList()),
                    () -> cluster.names().toString());
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
    void aFirstUpgradeThatFailsIsRolledBackToTheInstallation() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, BEFORE));
            assertThrows(
                    RuntimeException.class, () -> cluster.upgradeOrRollBack(ChartFolder.CHART, values(FAILS, BEFORE)));
            assertEquals("deployed Rollback to 1", last(cluster.history()));
            assertNothingIsLeftOfHooks(cluster);
            assertTrue(
                    cluster.names().containsAll(List.of("Job/shop-chartreuse-install", "Job/shop-chartreuse-restore")),
                    () -> cluster.names().toString());
            cluster.upgradeOrRollBack(ChartFolder.CHART, values(WORKS, BEFORE));
            assertEquals("deployed Upgrade complete", last(cluster.history()));
            assertNothingIsLeftOfHooks(cluster);
        }
    }

    @Test
    void aLaterUpgradeThatFailsIsRolledBackToTheOneBefore() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, BEFORE));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, BEFORE));
            assertThrows(
                    RuntimeException.class, () -> cluster.upgradeOrRollBack(ChartFolder.CHART, values(FAILS, BEFORE)));
            assertEquals("deployed Rollback to 2", last(cluster.history()));
            assertNothingIsLeftOfHooks(cluster);
        }
    }

    /**
     * Another hook of the application fails before anything is deployed: the Job of the first revision still exists.
     */
    @Test
    void aRollbackTakesTheJobOfARevisionForItsOwnAgain() {
        Path chart = directory.resolve("shop");
        ChartFolder.copy(chart, text -> text);
        try (TestCluster cluster = new TestCluster()) {
            Path[] values = values(WORKS, "hooks: {enabled: false}");
            cluster.install(chart, values);
            ChartFolder.write(chart.resolve("templates/other.yaml"), FAILING_HOOK);
            assertThrows(RuntimeException.class, () -> cluster.upgradeOrRollBack(chart, values));
            assertEquals("deployed Rollback to 1", last(cluster.history()));
        }
    }

    @Test
    void nothingButJobsIsLeftWhereAnUpgradeFailedAndTheReleaseIsUninstalled() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, BEFORE));
            assertThrows(RuntimeException.class, () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, BEFORE)));
            cluster.uninstall();
            assertEquals(List.of("Job/shop-chartreuse-migrate"), cluster.names());
            cluster.install(ChartFolder.CHART, values(WORKS, BEFORE));
            assertTrue(
                    cluster.names().containsAll(setWithJobs("install")),
                    () -> cluster.names().toString());
        }
    }

    @Test
    void whatAFailedUpgradeLeftGoesAlsoWhereTheNextMigratesAfterTheDeployment() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, BEFORE));
            assertThrows(RuntimeException.class, () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, BEFORE)));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, "strategy: after"));
            assertNothingIsLeftOfHooks(cluster);
        }
    }

    /** The Job may still run when Helm has stopped waiting: an account's tokens become invalid when it is deleted. */
    @Test
    void theAccountOfAnUpgradeOutlivesTheBeginOfTheNext() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.install(ChartFolder.CHART, values(WORKS, BEFORE));
            assertThrows(RuntimeException.class, () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, BEFORE)));
            List<String> first = rights(cluster);
            assertThrows(RuntimeException.class, () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, BEFORE)));
            assertEquals(first, rights(cluster));
            String more = "rbac: {extraRules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]}";
            assertThrows(RuntimeException.class, () -> cluster.upgrade(ChartFolder.CHART, values(FAILS, BEFORE, more)));
            assertEquals(first.get(0), rights(cluster).get(0));
            assertNotEquals(first.get(1), rights(cluster).get(1));
            cluster.upgrade(ChartFolder.CHART, values(WORKS, BEFORE));
            assertNothingIsLeftOfHooks(cluster);
        }
    }

    /** The ServiceAccount, Role and RoleBinding of an upgrade, by their uids. */
    private static List<String> rights(TestCluster cluster) {
        String name = "shop-chartreuse";
        String namespace = cluster.namespace();
        return Stream.of(
                        cluster.client()
                                .serviceAccounts()
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        cluster.client()
                                .rbac()
                                .roles()
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        cluster.client()
                                .rbac()
                                .roleBindings()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                .map(object -> object.getMetadata().getUid())
                .toList();
    }

    @Test
    void aReleaseWhoseNameIsANumberIsInstalled() {
        try (TestCluster cluster = new TestCluster()) {
            Manifests numbered = Rendering.render(copy(), "4711", directory, Values.SHOP, SHELL, BEFORE);
            assertEquals(numbered.names().size(), admitted(cluster, numbered).size());
        }
    }

    private Path copy() {
        Path chart = directory.resolve("numbered");
        ChartFolder.copy(chart, Rendering::withoutHooks);
        return chart;
    }

    /** Fails where objects exist beside Jobs and those of the release. */
    private static void assertNothingIsLeftOfHooks(TestCluster cluster) {
        assertEquals(
                setWithJobs(),
                cluster.names().stream()
                        .filter(name -> !name.startsWith("Job/"))
                        .toList());
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
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

    /** The objects as the server would store them. */
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
