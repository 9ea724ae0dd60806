package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.ClusterLeader;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Servers;
import io.chartreuse.spi.provider.Provider;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers accept writes: a standby was promoted, and the former primary does not know that. */
@Timeout(300)
class OtherLeaderTest {

    private static final String BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop'"
            + " AND application_name LIKE 'chartreuse %' AND wait_event = 'advisory'";

    private final OwnServer server = OwnServer.started();
    private final TestDatabase database = new TestDatabase().waitingForLocks().tables(2);
    private volatile Optional<ClusterLeader> leader = Optional.empty();

    /** Used only with {@code fromPatroni}. */
    private volatile Supplier<List<String>> members = List::of;

    /** Until the cluster was asked for its leader. */
    private final CountDownLatch asked = new CountDownLatch(1);

    OtherLeaderTest() {
        server.execute("postgres", "CREATE DATABASE shop");
        database.settings.put("user", "postgres").remove("password");
        database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + server.port + "/shop");
        database.settings.put("reconnectBudget", "1s");
        database.servers = new Servers() {
            @Override
            public boolean knows(String name) {
                return name.equals("main");
            }

            @Override
            public Optional<List<String>> behind(String name) {
                return Optional.of(members.get());
            }

            @Override
            public Optional<ClusterLeader> leader(String name) {
                asked.countDown();
                return leader;
            }
        };
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunThatEndsOnTheFormerPrimaryFailsWithWhatEachHas() throws Exception {
        try (OwnServer standby = server.standby(true)) {
            leader = Optional.of(leading(server, 1, true));
            database.script("V3__slow.sql", "CREATE TABLE slow (id int);\n" + Gate.WAITING);
            Resource planned = database.refresh();
            Gate gate = Gate.shut(server.connect("shop"));
            Underway run = new Underway(database, planned);
            run.await(() -> server.query("shop", BLOCKED).equals("1"));
            run.await(() -> standby.hasReplayed(server));
            standby.promote();
            leader = Optional.of(leading(standby, 2, true));
            gate.open();

            Diagnostic problem = run.failed().diagnostics().get(0);
            assertEquals("postgres.other-leader", problem.code().code(), problem::toString);
            assertTrue(problem.summary().contains("(on timeline 1, up to "), problem::summary);
            assertTrue(problem.summary().contains("at revision 3, with nothing pending)"), problem::summary);
            assertTrue(problem.summary().contains("leads, on timeline 2"), problem::summary);
            assertTrue(problem.summary().contains("at revision 2, without V3__slow.sql"), problem::summary);
        }
    }

    @Test
    void nothingThatCannotBeRolledBackIsBegunOnTheFormerPrimary() throws Exception {
        leader = Optional.of(leading(server, 1, true));
        database.script("V3__slow.sql", "CREATE TABLE slow (id int);\n" + Gate.WAITING)
                .script("V4__index.sql", "CREATE INDEX CONCURRENTLY slow_id ON slow (id);");
        Resource planned = database.refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = new Underway(database, planned);
        run.await(() -> server.query("shop", BLOCKED).equals("1"));
        leader = Optional.of(leading(server, 2, true));
        gate.open();

        List<String> codes = Findings.codes(run.failed().diagnostics());
        assertEquals(List.of("postgres.connection-lost", "postgres.other-leader"), codes);
        assertEquals("none", server.query("shop", "SELECT 1 FROM pg_class WHERE relname = 'slow_id'"));
        assertEquals(
                "none",
                server.query("shop", "SELECT 1 FROM flyway_schema_history WHERE NOT success"),
                "no entry of what was not begun");
    }

    @Test
    void aLeaderThatOnlyPatroniNamesIsNotAskedWhereItCouldAskForThePassword() throws Exception {
        database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + server.port + "/shop?requireAuth=password,none");
        leader = Optional.of(leading(server, 1, true));
        database.script("V3__slow.sql", Gate.WAITING);
        Resource planned = database.refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = new Underway(database, planned);
        run.await(() -> server.query("shop", BLOCKED).equals("1"));
        try (ServerSocketChannel other = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            other.configureBlocking(false);
            String address = "127.0.0.1:" + other.socket().getLocalPort();
            leader = Optional.of(new ClusterLeader(
                    "n2", Optional.of(address), Optional.empty(), OptionalInt.of(2), OptionalLong.empty(), true));
            gate.open();

            Diagnostic problem = run.failed().diagnostics().get(0);
            assertEquals("postgres.other-leader", problem.code().code(), problem::toString);
            assertTrue(problem.summary().contains("was not read, because requireAuth"), problem::summary);
            assertNull(other.accept(), "nothing may connect to it");
        }
    }

    @Test
    void aClusterThatDoesNotAnswerFailsNoRunAndLeavesALine() throws Exception {
        Underway run = new Underway(database, database.refresh());

        run.ended();
        assertTrue(
                run.warned.stream().anyMatch(line -> line.contains("leads its cluster could not be compared")),
                run.warned::toString);
    }

    @Test
    void aLeaderThatNoLongerConfirmsItselfIsWaitedForAndThenDoubted() throws Exception {
        leader = Optional.of(leading(server, 1, true));
        Resource planned = database.script("V3__slow.sql", Gate.WAITING).refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = new Underway(database, planned);
        run.await(() -> server.query("shop", BLOCKED).equals("1"));
        leader = Optional.of(leading(server, 1, false));
        gate.open();

        assertEquals(planned.desired(), run.ended());
        assertTrue(run.hasSaid("is listed as the leader and does not confirm it"), run.said::toString);
    }

    @Test
    void endpointsOfAnotherClusterAreAnErrorOfPlanPreflightAndDoctor() {
        leader = Optional.of(new ClusterLeader(
                "n7", Optional.empty(), Optional.of("4711"), OptionalInt.of(1), OptionalLong.of(1), true));

        Resource planned = database.refresh();
        assertEquals(List.of("postgres.other-cluster"), Findings.codes(planned.findings()));
        try (Provider provider = database.provider()) {
            Preflight preflight = (Preflight) provider;
            assertEquals(
                    List.of("postgres.other-cluster"),
                    problems(preflight.check(List.of(TestDatabase.step(planned).change()))));
            assertEquals(List.of("postgres.other-cluster"), problems(preflight.examine()));
        }
    }

    @Test
    void aStandbyGivesNoLock() throws Exception {
        try (OwnServer standby = server.standby(true)) {
            Resource planned = database.refresh();
            database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + standby.port + "/shop");
            Underway run = new Underway(database, planned);

            assertEquals(
                    List.of("postgres.no-primary"), Findings.codes(run.failed().diagnostics()));
            assertEquals("0", standby.query("shop", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"));
        }
    }

    @Test
    void aStandbyThatItsClusterIsAboutToPromoteIsWaitedFor() throws Exception {
        try (OwnServer standby = server.standby(true)) {
            database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + standby.port + "/shop");
            database.settings.put("reconnectBudget", "2m");
            CompletableFuture<Resource> planned =
                    CompletableFuture.supplyAsync(database::refresh, TestDatabase.OWN_THREAD);
            asked.await();
            standby.promote();
            leader = Optional.of(leading(standby, 2, true));

            assertEquals(List.of(), planned.get(2, TimeUnit.MINUTES).findings());
        }
    }

    @Test
    void aClusterThatCannotNameItsMembersYetIsWaitedFor() throws Exception {
        database.settings.put("url", "jdbc:postgresql:///shop").put("fromPatroni", true);
        database.settings.put("reconnectBudget", "2m");
        members = () -> {
            throw new ChartreuseException(
                    List.of(Diagnostic.error(PostgresProblem.UNREACHABLE, "no member is named", "wait")),
                    new SQLException("no member is named", "08001"));
        };
        CompletableFuture<Resource> planned = CompletableFuture.supplyAsync(database::refresh, TestDatabase.OWN_THREAD);
        asked.await();
        leader = Optional.of(leading(server, 1, true));
        members = () -> List.of("127.0.0.1:" + server.port);

        assertEquals(List.of(), planned.get(2, TimeUnit.MINUTES).findings());
    }

    @Test
    void aSingleHostThatIsAStandbyForGoodIsAnErrorThatNamesTheLeader() throws Exception {
        try (OwnServer standby = server.standby(true)) {
            database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + standby.port + "/shop");
            leader = Optional.of(leading(server, 1, true));
            Diagnostic problem = database.refresh().findings().get(0);
            assertEquals("postgres.read-only", problem.code().code());
            assertTrue(problem.summary().contains("n1 at 127.0.0.1:" + server.port + " leads"), problem::summary);
            assertTrue(problem.remedy().contains("postgres.databases.main.fromPatroni: true"), problem::remedy);

            leader = Optional.empty();
            Diagnostic without = database.refresh().findings().get(0);
            assertTrue(without.summary().contains("its cluster has no leader"), without::summary);
        }
    }

    private static List<String> problems(List<Check> checks) {
        return Findings.codes(
                checks.stream().flatMap(check -> check.problem().stream()).toList());
    }

    private ClusterLeader leading(OwnServer leading, int timeline, boolean confirmed) {
        return new ClusterLeader(
                "n" + timeline,
                Optional.of("127.0.0.1:" + leading.port),
                Optional.of(server.query("postgres", "SELECT system_identifier FROM pg_control_system()")),
                OptionalInt.of(timeline),
                OptionalLong.empty(),
                confirmed);
    }
}
