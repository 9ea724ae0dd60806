package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real cluster of two nodes whose leader fails while a long migration runs. */
@Timeout(170)
@Execution(ExecutionMode.CONCURRENT)
class FailoverTest {

    /** Waits for the lock only on the first timeline. */
    static final String LONG = "CREATE TABLE long_one (id integer);\n"
            + "SELECT pg_sleep(CASE WHEN pg_walfile_name(pg_current_wal_lsn()) LIKE '00000001%' THEN 600 ELSE 0 END);\n";

    private static final String SLEEPING =
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND application_name LIKE 'chartreuse%'";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLeaderThatIsKilledCostsNothing(boolean synchronous, @TempDir Path directory) throws Exception {
        try (Pair pair = new Pair(synchronous)) {
            Release release = release(directory, pair, "jdbc:postgresql:///shop", "fromPatroni: true");
            Plan plan = release.plan();
            CompletableFuture<RunReport> run = release.applying(plan);
            pair.await("the long migration", () -> pair.on(pair.first, SLEEPING).isPresent());
            pair.await(
                    "V1 on the other node",
                    () -> pair.on(pair.second, applied(1)).isPresent());
            pair.cluster.kill(pair.first);

            RunReport report = run.get(120, TimeUnit.SECONDS);
            assertTrue(report.succeeded(), () -> report.problems() + pair.logs());
            assertTrue(release.hasSaid("(timeline 2, was 1): V2__long.sql was rolled back"), release.said::toString);
            assertEquals(
                    Optional.of("1,2,3"),
                    pair.on(pair.second, "SELECT string_agg(version, ',') FROM flyway_schema_history"));
            assertStanding(report, "timeline 1, leader pg1", "timeline 2, leader pg2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSwitchoverCostsNothing(boolean synchronous, @TempDir Path directory) throws Exception {
        try (Pair pair = new Pair(synchronous)) {
            String members = "jdbc:postgresql://127.0.0.1:" + pair.first.port() + ",127.0.0.1:" + pair.second.port();
            Release release = release(directory, pair, members + "/shop", "fromPatroni: false");
            CompletableFuture<RunReport> run = release.applying(release.plan());
            pair.await("the long migration", () -> pair.on(pair.first, SLEEPING).isPresent());
            pair.await("switchover", () -> pair.cluster.switchOver(pair.first, pair.second));

            RunReport report = run.get(120, TimeUnit.SECONDS);
            assertTrue(report.succeeded(), () -> report.problems() + pair.logs());
            assertEquals(
                    Optional.of("1,2,3"),
                    pair.on(pair.second, "SELECT string_agg(version, ',') FROM flyway_schema_history"));
            assertStanding(report, "timeline 1, leader pg1", "timeline 2, leader pg2");
        }
    }

    @Test
    void whatWasCommittedAndNeverReplicatedIsReportedAsLost(@TempDir Path directory) throws Exception {
        try (Pair pair = new Pair(false)) {
            Release release = release(directory, pair, "jdbc:postgresql:///shop", "fromPatroni: true");
            Plan plan = release.plan();
            pair.cluster.holdReplication(pair.first, pair.second);
            CompletableFuture<RunReport> run = release.applying(plan);
            pair.await("the long migration", () -> pair.on(pair.first, SLEEPING).isPresent());
            pair.cluster.kill(pair.first);

            RunReport report = run.get(120, TimeUnit.SECONDS);
            assertFalse(report.succeeded());
            assertEquals(
                    "postgres.history-lost",
                    report.problems().get(0).code().code(),
                    () -> report.problems() + pair.logs());
            assertEquals(
                    "Database main lost what had been committed: V1__first.sql. The primary that answers now (timeline 2,"
                            + " was 1) does not have it; it stands at no revision.",
                    report.problems().get(0).summary());
            assertEquals(Optional.empty(), pair.on(pair.second, "SELECT 1 FROM pg_tables WHERE tablename = 'first'"));
        }
    }

    private static String applied(int version) {
        return "SELECT 1 FROM flyway_schema_history WHERE version = '" + version + "'";
    }

    private static void assertStanding(RunReport report, String before, String after) {
        List<String> witnessed = report.run().orElseThrow().entries().stream()
                .filter(entry ->
                        entry.event() == Event.WITNESSED && entry.step().isEmpty())
                .map(Entry::message)
                .toList();
        assertEquals(2, witnessed.size(), witnessed::toString);
        assertTrue(witnessed.get(0).endsWith(before), witnessed::toString);
        assertTrue(witnessed.get(1).endsWith(after), witnessed::toString);
        assertTrue(witnessed.get(1).startsWith("scope chartreuse, system identifier "), witnessed::toString);
    }

    private static Release release(Path directory, Pair pair, String url, String more) throws Exception {
        return new Release(directory)
                .configured("""
                        patroni:
                          clusters:
                            behind: {endpoints: ["%s", "%s"], database: main, maximumLag: 16MB}
                        postgres:
                          databases:
                            main:
                              url: %s
                              %s
                              user: postgres
                              password: {env: PG_PASSWORD}
                              migrations: {tool: flyway, locations: [migrations]}
                        """.formatted(pair.first.url(), pair.second.url(), url, more))
                .migration("V1__first.sql", "CREATE TABLE first (id integer);")
                .migration("V2__long.sql", LONG)
                .migration("V3__last.sql", "CREATE TABLE last (id integer);");
    }
}
