package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.StoppedEarly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection is lost in the middle of a migration, and the server is still there. */
@Timeout(600)
class LostConnectionTest {

    private static final String MIGRATING = "FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'chartreuse %' AND state = 'active' AND pid <> pg_backend_pid()";
    private static final String BLOCKED = "SELECT count(*) " + MIGRATING + " AND wait_event_type = 'Lock'";

    private final TestDatabase database = new TestDatabase()
            .waitingForLocks()
            .tables(1)
            .script("V2__slow.sql", "CREATE TABLE slow (id int);\n" + Gate.WAITING)
            .script("V3__last.sql", "CREATE TABLE last (id int);");

    @Test
    void theRunGoesOnWithTheMigrationThatWasRolledBack() throws Exception {
        Resource planned = database.refresh();
        Gate gate = shut();
        Underway run = blocked(planned);
        database.query("SELECT pg_terminate_backend(pid) " + MIGRATING);
        run.awaitSaid("the primary is found again");
        gate.open();

        assertEquals(planned.desired(), run.ended());
        assertTrue(run.hasSaid("lost in migration V2__slow.sql: terminating connection"), run.said::toString);
        assertTrue(run.hasSaid("V2__slow.sql was rolled back, going on with V2__slow.sql"), run.said::toString);
        assertEquals("3", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void whatTheServerStillDoesForALostConnectionIsEndedFirst() throws Exception {
        try (Proxy network = new Proxy(TestServer.port())) {
            through(network);
            Resource planned = database.refresh();
            Gate gate = shut();
            Underway run = blocked(planned);
            String orphan = database.query("SELECT pid " + MIGRATING);
            network.cut();
            run.awaitSaid("the primary is found again");
            assertEquals("none", database.query("SELECT pid FROM pg_stat_activity WHERE pid = " + orphan));
            gate.open();

            assertEquals(planned.desired(), run.ended());
            assertEquals("3", database.query("SELECT count(*) FROM flyway_schema_history"));
        }
    }

    @Test
    void anotherServerBehindTheSameUrlIsRefused() throws Exception {
        try (OwnServer other = OwnServer.started();
                Proxy network = new Proxy(TestServer.port())) {
            other.execute(
                    "postgres",
                    "CREATE ROLE " + database.user + " LOGIN PASSWORD '" + TestDatabase.PASSWORD.replace("'", "''")
                            + "'");
            other.execute("postgres", "CREATE DATABASE " + database.name + " OWNER " + database.user);
            through(network);
            Gate gate = shut();
            Underway run = blocked(database.refresh());
            network.leadTo(other.port);
            network.cut();
            Diagnostic refused =
                    Findings.only("postgres.other-server", run.failed().diagnostics());
            gate.open();

            assertTrue(refused.summary().contains("systemIdentifier was"), refused.summary());
            assertTrue(refused.summary().contains("last seen at revision 1"), refused.summary());
            assertEquals("null", other.query(database.name, "SELECT to_regclass('flyway_schema_history')"));
        }
    }

    @Test
    void aMigrationWhoseProgressCannotBeKeptIsNotBegunAgainAndWhatItLeftIsNamed() throws Exception {
        database.remove("V2__slow.sql").remove("V3__last.sql").apply();
        database.script("V2__index.sql", "RESET ROLE;\nCREATE INDEX CONCURRENTLY half ON t1 (id);")
                .script("V2__index.sql.conf", "executeInTransaction=false");
        Gate gate = Gate.shut(TestServer.connect(database.name), "LOCK TABLE t1 IN ROW EXCLUSIVE MODE");
        Underway run = blocked(database.refresh());
        database.query("SELECT pg_terminate_backend(pid) " + MIGRATING);
        Diagnostic told = Findings.only("postgres.half-done", run.failed().diagnostics());
        gate.open();

        assertTrue(told.summary().contains("Invalid indexes: public.half."), told.summary());
        assertTrue(told.remedy().contains("DROP INDEX CONCURRENTLY public.half"), told.remedy());
    }

    @Test
    void aMigrationThatCostsTheConnectionEachTimeIsGivenUp() throws Exception {
        database.script("V2__slow.sql", "SELECT pg_terminate_backend(pg_backend_pid());");
        Underway run = new Underway(database, database.refresh());
        Diagnostic told = Findings.only("postgres.connection-lost", run.failed().diagnostics());

        assertTrue(told.summary().contains("V2__slow.sql"), told.summary());
        assertEquals(
                3,
                run.said.stream()
                        .filter(said -> said.startsWith("migration") && said.endsWith("V2__slow.sql"))
                        .count());
    }

    @Test
    void withoutABudgetALostConnectionIsTheEnd() throws Exception {
        database.settings.put("reconnectBudget", "0s");
        Gate gate = shut();
        Underway run = blocked(database.refresh());
        database.query("SELECT pg_terminate_backend(pid) " + MIGRATING);

        Findings.only("postgres.connection-lost", run.failed().diagnostics());
        gate.open();
        assertEquals("2 migrations are pending", database.refresh().reason());
    }

    @Test
    void aRunThatIsToldToEndEndsBetweenTwoMigrations() throws Exception {
        Resource planned = database.refresh();
        Gate gate = shut();
        Underway run = blocked(planned);
        run.stopping = true;
        gate.open();

        Throwable end = assertInstanceOf(StoppedEarly.class, run.failure());
        assertEquals("stopped before V3__last.sql, at revision 2", end.getMessage());
        assertEquals("1 migration is pending", database.refresh().reason());
        assertEquals(planned.desired(), database.apply(planned));
    }

    @Test
    void aNonTransactionalMigrationThatWasNotBegunLeavesNoEntry() throws Exception {
        database.script("V3__last.sql", "VACUUM t1;");
        Gate gate = shut();
        Underway run = blocked(database.refresh());
        run.stopping = true;
        gate.open();

        assertInstanceOf(StoppedEarly.class, run.failure());
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history"));
    }

    private void through(Proxy network) {
        database.settings.put("url", "jdbc:postgresql://127.0.0.1:" + network.port() + "/" + database.name);
    }

    private Underway blocked(Resource planned) throws Exception {
        Underway run = new Underway(database, planned);
        run.await(() -> !database.query(BLOCKED).equals("0"));
        return run;
    }

    private Gate shut() throws Exception {
        return Gate.shut(TestServer.connect(database.name));
    }
}
