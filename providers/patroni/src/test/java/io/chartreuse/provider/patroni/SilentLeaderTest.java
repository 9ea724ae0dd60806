package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * While failover is paused, the Patroni of the leader stops answering in a real cluster of two, and later its
 * PostgreSQL, too.
 */
@Timeout(170)
@Execution(ExecutionMode.CONCURRENT)
class SilentLeaderTest {

    private static final String WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'";

    @Test
    void theRunGoesOnWithTheLivingPrimaryAndFailoverIsResumedOnlyWhenThatIsDead(@TempDir Path directory)
            throws Exception {
        try (Pair pair = new Pair(false)) {
            Release release = release(directory, pair);
            RunReport report = whilePatroniIsSilent(pair, release);

            assertEquals(
                    List.of("patroni.failover-left-paused"),
                    report.problems().stream()
                            .filter(Diagnostic::isError)
                            .map(problem -> problem.code().code())
                            .toList(),
                    () -> report.problems() + release.said.toString());
            assertEquals(1, report.exitCode());
            String history = "SELECT string_agg(version || ' ' || success, ',') FROM flyway_schema_history";
            assertEquals(Optional.of("1 true,2 true"), pair.on(pair.first, history));
            assertTrue(pair.cluster.get(pair.second, "/config").contains("\"pause\": true"), "left to a person");

            pair.cluster.freezePostgres(pair.first);
            release.migration("V3__later.sql", "CREATE TABLE later (id integer);");
            RunReport next = release.applyNext();

            assertTrue(next.succeeded(), () -> next.problems() + release.said.toString() + pair.logs());
            assertTrue(
                    release.hasSaid("the cluster has no leader, and automatic failover is paused for shop by run "),
                    release.said::toString);
            assertEquals(Optional.of("1 true,2 true,3 true"), pair.on(pair.second, history));
            assertTrue(!pair.cluster.get(pair.second, "/config").contains("chartreuse"));
        }
    }

    /** For longer than Patroni's lease, so that the leader is not listed any more. */
    private static RunReport whilePatroniIsSilent(Pair pair, Release release) throws Exception {
        try (var session = pair.cluster.connect(pair.first, "shop");
                var gate = session.createStatement()) {
            gate.execute("SELECT pg_advisory_lock(7)");
            CompletableFuture<RunReport> run = release.applying(release.plan());
            pair.await("the first migration", () -> pair.on(pair.first, WAITING).isPresent());
            pair.cluster.freezePatroni(pair.first);
            pair.await(
                    "a cluster that has forgotten its leader",
                    () -> !pair.cluster.get(pair.second, "/cluster").contains("\"pg1\""));
            gate.execute("SELECT pg_advisory_unlock(7)");
            return run.get(100, TimeUnit.SECONDS);
        }
    }

    /** The second migration does not run in a transaction, and so uses another connection. */
    private static Release release(Path directory, Pair pair) throws Exception {
        return new Release(directory)
                .configured("""
                        patroni:
                          clusters:
                            behind:
                              endpoints: ["%s", "%s"]
                              database: main
                              waitConfigured: 12s
                              pauseFailover: true
                              rest: {user: patroni, password: {env: REST_PASSWORD}}
                        postgres:
                          databases:
                            main:
                              url: jdbc:postgresql:///shop
                              fromPatroni: true
                              user: postgres
                              password: {env: PG_PASSWORD}
                              migrations: {tool: flyway, locations: [migrations]}
                        """.formatted(pair.first.url(), pair.second.url()))
                .migration(
                        "V1__first.sql",
                        "CREATE TABLE first (id integer); SELECT pg_advisory_lock(7), pg_advisory_unlock(7);")
                .migration("V2__index.sql", "CREATE INDEX CONCURRENTLY first_id ON first (id);");
    }
}
