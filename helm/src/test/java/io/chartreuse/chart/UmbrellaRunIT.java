package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/umbrella} for real: two Chartreuses of one release whose Jobs run at the same time. */
@EnabledIfEnvironmentVariable(
        named = TestCluster.VARIABLE,
        matches = ".+",
        disabledReason =
                "hooks are run where " + TestCluster.VARIABLE + " names a cluster whose Jobs run on this machine")
class UmbrellaRunIT {

    private static final String SLOW = "SELECT pg_sleep(2)";

    @TempDir
    static Path home;

    private static Distribution distribution;

    @TempDir
    Path directory;

    private final RealDatabase orders = RealDatabase.create();
    private final RealDatabase reports = RealDatabase.create();

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpack(home);
        JobKubelet.assumeSees(distribution.launcher());
    }

    private Path values() {
        Path file = directory.resolve("values.yaml");
        String each = """
                %s-db:
                  command: [%s]
                  hooks: {enabled: false}
                  config: {postgres: {databases: {%1$s: {url: "%s", user: postgres}}}}
                """;
        ChartFolder.write(
                file,
                "postgresql: {enabled: false}\n"
                        + each.formatted("orders", distribution.launcher(), orders.url())
                        + each.formatted("reports", distribution.launcher(), reports.url()));
        return file;
    }

    private static Stream<Job> jobs(TestCluster cluster, int revision) {
        return List.of("orders", "reports").stream()
                .map(database -> cluster.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(cluster.namespace())
                        .withName("shop-" + database + "-db-r" + revision)
                        .get());
    }

    private static boolean ended(TestCluster cluster, int revision) {
        return jobs(cluster, revision)
                .allMatch(job -> job.getStatus() != null
                        && !job.getStatus().getConditions().isEmpty());
    }

    private static int replicas(TestCluster cluster) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("web")
                .get()
                .getSpec()
                .getReplicas();
    }

    private static boolean migrating(RealDatabase database) {
        return !database.query("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND query LIKE '%pg_sleep(2)%' AND state = 'active' AND pid <> pg_backend_pid()")
                .isEmpty();
    }

    /** Whether the database was seen migrating. Fails where web runs meanwhile. */
    private static boolean seenMigrating(RealDatabase database, TestCluster cluster) {
        boolean before = migrating(database);
        int replicas = replicas(cluster);
        boolean throughout = before && migrating(database);
        assertFalse(throughout && replicas > 0, () -> "web runs while " + database + " migrates");
        return throughout;
    }

    @Test
    void neitherStartsWorkloadsWhileTheOtherMigrates() {
        try (TestCluster cluster = new TestCluster()) {
            cluster.client()
                    .secrets()
                    .inNamespace(cluster.namespace())
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("shop-pg")
                            .endMetadata()
                            .addToStringData("password", "not-asked-for")
                            .build())
                    .create();
            Path chart = new Example("umbrella", directory).chart(directory.resolve("shop"));
            cluster.install(chart, values());
            assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
                while (!ended(cluster, 1)) {
                    seenMigrating(orders, cluster);
                }
            });
            for (String database : List.of("orders", "reports")) {
                ChartFolder.write(chart.resolve("migrations/" + database + "/V2__slow.sql"), SLOW + ";\n");
            }
            cluster.upgrade(chart, values());
            int seen = assertTimeoutPreemptively(Duration.ofMinutes(5), () -> watch(cluster));

            assertEquals(3, seen, "both were seen to migrate");
            assertTrue(jobs(cluster, 2)
                    .allMatch(job -> Integer.valueOf(1).equals(job.getStatus().getSucceeded())));
            assertEquals("2", orders.revision());
            assertEquals("2", reports.revision());
            assertEquals(2, replicas(cluster));
        }
    }

    /** Waits until both have ended; 1 for the one, 2 for the other that was seen to migrate. */
    private int watch(TestCluster cluster) {
        int seen = 0;
        while (!ended(cluster, 2)) {
            seen |= (seenMigrating(orders, cluster) ? 1 : 0) | (seenMigrating(reports, cluster) ? 2 : 0);
        }
        return seen;
    }
}
