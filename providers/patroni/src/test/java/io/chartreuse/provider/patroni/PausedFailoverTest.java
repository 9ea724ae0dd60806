package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.provider.patroni.RealCluster.Node;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The automatic failover of a real cluster, whose REST API requires a user, is paused and resumed. */
@Timeout(120)
class PausedFailoverTest {

    private static final String REST = "\"rest\": {\"user\": \"patroni\", \"password\": {\"env\": \"rest\"}}";

    private RealCluster cluster;
    private Node node;

    @BeforeEach
    void start() throws Exception {
        Prerequisite.noneMissing(RealCluster.lacks());
        cluster = new RealCluster();
        node = cluster.add("pg1");
        try (Provider provider = Gates.provider(section("", "60s"))) {
            provider.converge(Gates.step("main", Map.of()), Progress.NONE);
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void itIsPausedWhileADatabaseMigratesAndComesBackAsItWas(@TempDir Path directory) throws Exception {
        Release release = new Release(directory)
                .configured("""
                        patroni:
                          clusters:
                            main:
                              endpoints: ["%s"]
                              pauseFailover: true
                              rest: {user: patroni, password: {env: REST_PASSWORD}}
                        postgres:
                          databases:
                            main:
                              url: jdbc:postgresql:///postgres
                              fromPatroni: true
                              user: postgres
                              password: {env: PG_PASSWORD}
                              migrations: {tool: flyway, locations: [migrations]}
                        """.formatted(node.url()))
                .migration("V1__wait.sql", "SELECT pg_advisory_lock(7), pg_advisory_unlock(7);");
        JsonNode before = config();
        Plan plan = release.plan();
        try (var session = cluster.connect(node, "postgres");
                var gate = session.createStatement()) {
            gate.execute("SELECT pg_advisory_lock(7)");
            CompletableFuture<RunReport> run = release.applying(plan);
            String waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'";
            while (cluster.query(node, "postgres", waiting).isEmpty() && !run.isDone()) {
                Thread.sleep(50);
            }
            assertTrue(config().path("pause").asBoolean(), () -> run.toString());
            assertTrue(config().path("chartreuse").path("pausedFor").has("shop"));
            gate.execute("SELECT pg_advisory_unlock(7)");
            RunReport report = run.get(60, TimeUnit.SECONDS);
            assertTrue(report.succeeded(), () -> report.problems().toString());
        }

        assertEquals(before, config());
        assertTrue(release.hasSaid("automatic failover is on again"), release.said::toString);
    }

    @Test
    void whatAKilledRunLeftPausedIsResumedByARestore(@TempDir Path directory) throws Exception {
        JsonNode before = config();
        suspend();
        Release release = new Release(directory).configured("""
                        patroni:
                          clusters:
                            main:
                              endpoints: ["%s"]
                              rest: {user: patroni, password: {env: REST_PASSWORD}}
                        """.formatted(node.url()));

        Plan plan = release.planRestore();
        assertFalse(plan.isEmpty(), "a run of this release left it paused, though nothing asks for it any more");
        assertTrue(release.apply(plan).succeeded());
        assertEquals(before, config());
    }

    @Test
    void whatSomebodyElseHasPausedKeepsTheGateShut() throws Exception {
        cluster.patch(node, "{\"pause\": true}");
        try (Provider provider = Gates.provider(section(", \"pauseFailover\": true", "60s"))) {
            List<Resource> resources = provider.refresh();

            assertEquals(
                    "not ready: automatic failover is paused, and not by Chartreuse",
                    resources.get(0).reason());
            assertEquals(
                    "{\"failover\":\"paused\"}", resources.get(1).observed().toString());
            assertEquals("{\"failover\":\"paused\"}", resources.get(1).desired().toString());
        }
        suspend();
        try (Provider provider = Gates.provider(section("", "60s"))) {
            provider.converge(Gates.failover("main", Phase.AFTER), Progress.NONE);
        }
        assertTrue(config().path("pause").asBoolean(), "the former value comes back");
        assertFalse(config().has("chartreuse"));
    }

    @Test
    void withoutAPasswordNothingIsPausedAndTheReasonIsTold() throws Exception {
        String section = "{\"clusters\": {\"main\": {\"endpoints\": [\"" + node.url()
                + "\"], \"waitConfigured\": \"1s\", \"pauseFailover\": true}}}";
        try (Provider provider = Gates.provider(section)) {
            ChartreuseException refused = assertThrows(
                    ChartreuseException.class,
                    () -> provider.converge(Gates.failover("main", Phase.DURING), Progress.NONE));

            assertEquals(
                    PatroniError.FAILOVER_NOT_CHANGED,
                    refused.diagnostics().get(0).code());
            assertTrue(refused.getMessage().contains("HTTP 401"), refused.getMessage());
        }
        assertFalse(config().has("pause"));
    }

    private void suspend() throws InterruptedException {
        try (Provider provider = Gates.provider(section("", "60s"))) {
            provider.converge(Gates.failover("main", Phase.DURING), Progress.NONE);
        }
    }

    /** Reads it by a change without effect: GET returns what a member has read some time ago. */
    private JsonNode config() throws Exception {
        return new ObjectMapper().readTree(cluster.patch(node, "{\"nothing\": null}"));
    }

    private String section(String more, String wait) {
        return "{\"clusters\": {\"main\": {\"endpoints\": [\"" + node.url() + "\"], \"waitConfigured\": \"" + wait
                + "\", " + REST + more + "}}}";
    }
}
