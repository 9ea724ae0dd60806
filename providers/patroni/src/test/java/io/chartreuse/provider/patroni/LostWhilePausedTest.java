package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The leader of a real cluster of two dies while its automatic failover is paused by the run. */
@Timeout(170)
@Execution(ExecutionMode.CONCURRENT)
class LostWhilePausedTest {

    private static final String SLEEPING =
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND application_name LIKE 'chartreuse%'";

    @Test
    void failoverIsResumedAndTheRunGoesOnWithTheNewLeader(@TempDir Path directory) throws Exception {
        try (Pair pair = new Pair(false)) {
            JsonNode before = config(pair);
            Release release = release(directory, pair, "2m");
            RunReport report = lost(pair, release);

            assertTrue(report.succeeded(), () -> report.problems() + release.said.toString() + pair.logs());
            assertEquals(
                    Optional.of("1,2,3"),
                    pair.on(pair.second, "SELECT string_agg(version, ',') FROM flyway_schema_history"));
            assertEquals(before, config(pair));
            List<String> recorded = recorded(report);
            assertTrue(recorded.get(1).startsWith("leader pg1 is gone: "), recorded::toString);
            assertTrue(recorded.get(1).endsWith("where that lasts 10s, it is resumed"), recorded::toString);
            assertEquals("automatic failover is on again", recorded.get(2));
            assertTrue(recorded.get(3).endsWith("timeline 2, leader pg2"), recorded::toString);
            assertTrue(release.hasSaid("(timeline 2, was 1): V2__long.sql was rolled back"), release.said::toString);
        }
    }

    @Test
    void aRunThatDoesNotWaitForItFailsWithTheTruthAndLeavesNothingPaused(@TempDir Path directory) throws Exception {
        try (Pair pair = new Pair(false)) {
            JsonNode before = config(pair);
            Release release = release(directory, pair, "4s");
            RunReport report = lost(pair, release);

            assertFalse(report.succeeded());
            List<String> codes = report.problems().stream()
                    .map(problem -> problem.code().code())
                    .toList();
            assertTrue(codes.contains("postgres.no-primary"), report.problems()::toString);
            assertTrue(release.hasSaid("Automatic failover is paused for this run"), release.said::toString);
            assertEquals(before, config(pair));
        }
    }

    private static RunReport lost(Pair pair, Release release) throws Exception {
        Plan plan = release.plan();
        CompletableFuture<RunReport> run = release.applying(plan);
        pair.await("the long migration", () -> pair.on(pair.first, SLEEPING).isPresent());
        assertTrue(config(pair).path("pause").asBoolean());
        pair.await(
                "V1 on the other node",
                () -> pair.on(pair.second, "SELECT 1 FROM flyway_schema_history WHERE version = '1'")
                        .isPresent());
        pair.cluster.kill(pair.first);
        try {
            return run.get(100, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(release.said + pair.logs() + config(pair), e);
        }
    }

    /** The run's records of the cluster's failover, and of the cluster before and after. */
    private static List<String> recorded(RunReport report) {
        return report.run().orElseThrow().entries().stream()
                .filter(entry ->
                        entry.event() == Event.WITNESSED && entry.step().isEmpty())
                .map(Entry::message)
                .toList();
    }

    /** Reads it by a change without effect: GET returns what a member has read some time ago. */
    private static JsonNode config(Pair pair) throws Exception {
        return new ObjectMapper().readTree(pair.cluster.patch(pair.second, "{\"nothing\": null}"));
    }

    private static Release release(Path directory, Pair pair, String budget) throws Exception {
        return new Release(directory)
                .configured("""
                        patroni:
                          clusters:
                            behind:
                              endpoints: ["%s", "%s"]
                              database: main
                              pauseFailover: true
                              rest: {user: patroni, password: {env: REST_PASSWORD}}
                        postgres:
                          databases:
                            main:
                              url: jdbc:postgresql:///shop
                              fromPatroni: true
                              reconnectBudget: %s
                              user: postgres
                              password: {env: PG_PASSWORD}
                              migrations: {tool: flyway, locations: [migrations]}
                        """.formatted(pair.first.url(), pair.second.url(), budget))
                .migration("V1__first.sql", "CREATE TABLE first (id integer);")
                .migration("V2__long.sql", FailoverTest.LONG)
                .migration("V3__last.sql", "CREATE TABLE last (id integer);");
    }
}
