package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server itself fails in the middle of a migration: it restarts, crashes, or another one takes over. */
@Timeout(600)
class SwitchoverTest {

    private static final String BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop'"
            + " AND application_name LIKE 'chartreuse %' AND wait_event = 'advisory'";

    private final OwnServer server = OwnServer.started();
    private final TestDatabase database = new TestDatabase()
            .waitingForLocks()
            .tables(2)
            .script("V3__slow.sql", "CREATE TABLE slow (id int);\n" + Gate.WAITING)
            .script("V4__last.sql", "CREATE TABLE last (id int);");

    SwitchoverTest() {
        server.execute("postgres", "CREATE DATABASE shop");
        database.settings.put("user", "postgres").remove("password");
        leadTo("127.0.0.1:" + server.port);
    }

    private void leadTo(String hosts) {
        database.settings.put("url", "jdbc:postgresql://" + hosts + "/shop");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aServerThatCrashesAndComesBackIsWaitedFor() throws Exception {
        Resource planned = database.refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = blocked(planned);
        server.crash();
        run.awaitSaid("looking for the primary");
        gate.open();
        server.start();

        assertEquals(planned.desired(), run.ended());
        assertTrue(run.hasSaid("V3__slow.sql was rolled back, going on with V3__slow.sql"), run.said::toString);
        assertEquals("4", server.query("shop", "SELECT count(*) FROM flyway_schema_history"));
    }

    @Test
    void aServerThatIsShutDownInOrderIsWaitedFor() throws Exception {
        Resource planned = database.refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = blocked(planned);
        server.stop();
        run.awaitSaid("looking for the primary");
        gate.open();
        server.start();

        assertEquals(planned.desired(), run.ended());
    }

    @Test
    void aServerThatStaysAwayEndsTheRunWhenTheBudgetIsOver() throws Exception {
        database.settings.put("reconnectBudget", "1s");
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = blocked(database.refresh());
        server.crash();
        gate.open();

        assertEquals(
                List.of("postgres.connection-lost", "postgres.no-primary"),
                Findings.codes(run.failed().diagnostics()));
        server.start();
        assertEquals("2 migrations are pending", database.refresh().reason());
    }

    /** The commit waits for a standby that never comes. Ended there, it is done, and the client gets no answer. */
    @Test
    void aMigrationWhoseCommitWasNotHeardOfIsNotRunTwice() throws Exception {
        server.execute("postgres", "ALTER DATABASE shop SET synchronous_commit = local")
                .execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        server.stop();
        server.start();
        database.script("V3__slow.sql", "CREATE TABLE slow (id int);\nSET LOCAL synchronous_commit = on;");
        Resource planned = database.refresh();
        Underway run = new Underway(database, planned);
        String waiting = "FROM pg_stat_activity WHERE datname = 'shop' AND wait_event = 'SyncRep'";
        run.await(() -> !server.query("postgres", "SELECT count(*) " + waiting).equals("0"));
        server.query("postgres", "SELECT pg_terminate_backend(pid) " + waiting);

        assertEquals(planned.desired(), run.ended());
        assertTrue(run.hasSaid("V3__slow.sql had been committed, going on with V4__last.sql"), run.said::toString);
    }

    @Test
    void aStandbyThatHasEverythingTakesOver() throws Exception {
        try (OwnServer standby = server.standby(true)) {
            leadTo("127.0.0.1:" + server.port + ",127.0.0.1:" + standby.port);
            Resource planned = database.refresh();
            Gate gate = Gate.shut(server.connect("shop"));
            Underway run = blocked(planned);
            run.await(() -> standby.hasReplayed(server));
            server.crash();
            gate.open();
            standby.promote();

            assertEquals(planned.desired(), run.ended());
            assertTrue(run.hasSaid("(timeline 2, was 1): V3__slow.sql was rolled back"), run.said::toString);
            assertEquals("4", standby.query("shop", "SELECT count(*) FROM flyway_schema_history"));
        }
    }

    @Test
    void aStandbyThatLacksWhatWasCommittedStopsTheRun() throws Exception {
        try (OwnServer standby = server.standby(false)) {
            leadTo("127.0.0.1:" + server.port + ",127.0.0.1:" + standby.port);
            Gate gate = Gate.shut(server.connect("shop"));
            Underway run = blocked(database.refresh());
            server.crash();
            gate.open();
            standby.promote();
            Diagnostic told =
                    Findings.only("postgres.history-lost", run.failed().diagnostics());

            assertEquals(
                    "Database main lost what had been committed: V1__table_1.sql, V2__table_2.sql. The primary that"
                            + " answers now (timeline 2, was 1) does not have it; it stands at no revision.",
                    told.summary());
            assertEquals("null", standby.query("shop", "SELECT to_regclass('t1')"));
        }
    }

    @Test
    void aDatabaseThatTurnsReadOnlyIsWaitedFor() throws Exception {
        Resource planned = database.refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = blocked(planned);
        server.execute("postgres", "ALTER SYSTEM SET default_transaction_read_only = on");
        server.execute("postgres", "SELECT pg_reload_conf()");
        gate.open();
        run.awaitSaid("is read-only (default_transaction_read_only)");
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER SYSTEM RESET default_transaction_read_only");
            statement.execute("SELECT pg_reload_conf()");
        }

        assertEquals(planned.desired(), run.ended());
    }

    private Underway blocked(Resource planned) throws Exception {
        Underway run = new Underway(database, planned);
        run.await(() -> !server.query("postgres", BLOCKED).equals("0"));
        return run;
    }
}
