package io.chartreuse.cli.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.pipeline.Launcher.Call;
import io.chartreuse.cli.pipeline.Launcher.Result;
import io.chartreuse.provider.patroni.RealCluster;
import io.chartreuse.provider.patroni.RealCluster.Node;
import io.chartreuse.testkit.Prerequisite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database behind a real Patroni. */
@Timeout(240)
class PatroniIT {

    private static final String BEHIND = """
            patroni:
              clusters:
                behind:
                  endpoints: ["%s"]
                  database: %s
                  pauseFailover: true
                  rest: {user: patroni, password: {env: REST_PASSWORD}}
            """;

    private static final String DATABASE = """
            version: 1
            release: shop
            backend: file
            postgres:
              databases:
                main:
                  url: jdbc:postgresql:///postgres
                  fromPatroni: true
                  user: postgres
                  password: {env: PG_PASSWORD}
                  migrations: {tool: flyway, locations: [.]}
            """;

    @TempDir
    private Path directory;

    @Test
    void whatAKilledProcessLeftPausedIsToldAndBroughtBack() throws Exception {
        Prerequisite.noneMissing(RealCluster.lacks());
        try (RealCluster cluster = new RealCluster()) {
            Node node = cluster.add("pg1");
            await(cluster, node, "SELECT 1 WHERE NOT pg_is_in_recovery()");
            Files.writeString(directory.resolve("chartreuse.yaml"), DATABASE + BEHIND.formatted(node.url(), "main"));
            Files.writeString(directory.resolve("V1__slow.sql"), "SELECT pg_sleep(300);");
            String before = config(cluster, node);
            killedInMidMigration(cluster, node);

            assertTrue(config(cluster, node).contains("\"pausedFor\""));
            Result paused = chartreuse().run("status");
            assertTrue(paused.output().contains("paused for shop by run "), paused::output);
            Result restored = chartreuse().run("restore", "--yes");
            assertEquals(0, restored.exitCode(), restored::output);
            assertTrue(restored.output().contains("automatic failover is on again"), restored::output);
            assertEquals(before, config(cluster, node));
            Result after = chartreuse().run("status");
            assertFalse(after.output().contains("paused for"), after::output);
        }
    }

    @Test
    void aDatabaseWhoseClusterNobodyHasConfiguredIsToldByValidate() throws Exception {
        String other = BEHIND.formatted("http://127.0.0.1:1", "another");
        for (String configuration : new String[] {DATABASE, DATABASE + other}) {
            Files.writeString(directory.resolve("chartreuse.yaml"), configuration);
            Result refused = chartreuse().run("validate");

            assertEquals(64, refused.exitCode(), refused::output);
            assertTrue(
                    refused.output().contains("chartreuse.yaml:8:20 /postgres/databases/main/fromPatroni"),
                    refused::output);
            assertTrue(refused.output().contains("[postgres.no-cluster]"), refused::output);
        }
        Files.writeString(
                directory.resolve("chartreuse.yaml"), DATABASE + BEHIND.formatted("http://127.0.0.1:1", "main"));
        assertEquals(0, chartreuse().run("validate").exitCode());
    }

    private void killedInMidMigration(RealCluster cluster, Node node) throws Exception {
        Call run = chartreuse().start("apply", "--yes");
        await(cluster, node, "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        run.process().destroyForcibly().waitFor();
        cluster.query(
                node,
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    }

    private Launcher chartreuse() {
        return new Launcher(directory, Map.of("PG_PASSWORD", "super", "REST_PASSWORD", "rest"));
    }

    /**
     * By a change that changes nothing: GET tells what a member has read some time ago. Awaited, for a cluster takes a
     * moment from its first leader to its configuration, and answers 503 until then.
     */
    private static String config(RealCluster cluster, Node node) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofSeconds(30));
        String told = cluster.patch(node, "{\"nothing\": null}");
        while (!told.startsWith("{")) {
            assertTrue(Instant.now().isBefore(limit), told);
            Thread.sleep(100);
            told = cluster.patch(node, "{\"nothing\": null}");
        }
        return told;
    }

    private static void await(RealCluster cluster, Node node, String query) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofSeconds(90));
        while (cluster.query(node, "postgres", query).isEmpty()) {
            assertTrue(Instant.now().isBefore(limit), cluster.logs());
            Thread.sleep(100);
        }
    }
}
