package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session settings of a killed migration's done statements apply to the remaining ones, or a person decides. */
@Timeout(600)
class ContinuedSessionTest {

    private final TestDatabase database = new TestDatabase()
            .waitingForLocks()
            .script(
                    "V1__before.sql",
                    "CREATE SCHEMA one;\nCREATE TABLE noted (id int);\n"
                            + "CREATE FUNCTION enter(place text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                            + " PERFORM set_config('search_path', place, false); END $$;\n"
                            + "CREATE FUNCTION entering() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " PERFORM enter('one'); RETURN NEW; END $$;\n"
                            + "CREATE TRIGGER entering AFTER INSERT ON noted FOR EACH ROW EXECUTE FUNCTION entering();");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE 'SET search_path = one'; END $$",
                "SELECT enter('one')",
                "INSERT INTO noted VALUES (1)"
            })
    void codeThatMayHaveChangedTheSessionIsAskedAbout(String statement) throws Exception {
        killed(statement + ";\nCREATE TABLE a (id int);\n");

        Diagnostic finding = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertTrue(finding.isError(), finding.summary());
        assertTrue(finding.summary().contains("2 of its 4 statements are done"), finding.summary());
        Findings.thrown("postgres.unfinished-migration", database::apply);
        assertFalse(database.hasTable("public.b") || database.hasTable("one.b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL", "DISCARD ALL"})
    void whatTakesASettingBackHoldsForTheStatementsAfterIt(String statement) throws Exception {
        killed("SET search_path = one;\nCREATE TABLE a (id int);\n" + statement + ";\n");
        database.apply();

        assertTrue(database.hasTable("one.a"));
        assertTrue(database.hasTable("public.b"));
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void aSettingThatWasRolledBackIsNotMadeAgain() throws Exception {
        killed("BEGIN;\nSET search_path = one;\nROLLBACK;\nCREATE TABLE a (id int);\n");
        database.apply();

        assertTrue(database.hasTable("public.a"));
        assertTrue(database.hasTable("public.b"));
    }

    @Test
    void aFailedMigrationThatHadRolledBackGoesOnAtTheStatementThatFailed() {
        before();
        outside("CREATE SCHEMA two;\nBEGIN;\nSET search_path = two;\nROLLBACK;\nCREATE TABLE a (id int);\n"
                + "INSERT INTO missing VALUES (1);\nCREATE TABLE b (id int);");
        Findings.thrown("postgres.migration-failed", database::apply);
        try (Provider provider = database.provider()) {
            ((Repairable) provider).repairs().stream().filter(Repair::certain).forEach(((Repairable) provider)::repair);
        }
        database.execute("CREATE TABLE missing (id int); GRANT ALL ON missing TO " + database.user)
                .apply();

        assertTrue(database.hasTable("public.a"));
        assertTrue(database.hasTable("public.b"));
        assertEquals("1", database.query("SELECT count(*) FROM missing"));
    }

    private void killed(String statements) throws Exception {
        before();
        outside(statements + Gate.WAITING + "\nCREATE TABLE b (id int);");
        Gate gate = Gate.shut(TestServer.connect(database.name));
        Process run = KilledRun.start(database);
        // By user, because RESET ALL resets the application name.
        String orphans = "FROM pg_stat_activity WHERE usename = '" + database.user + "'";
        while (!database.query("SELECT count(*) " + orphans + " AND wait_event = 'advisory'")
                .equals("1")) {
            assertTrue(run.isAlive(), () -> "ended: " + database.directory);
            LockSupport.parkNanos(10_000_000);
        }
        run.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        database.query("SELECT count(pg_terminate_backend(pid)) " + orphans);
        while (!database.query("SELECT count(*) " + orphans).equals("0")) {
            LockSupport.parkNanos(10_000_000);
        }
        gate.open();
    }

    private void before() {
        database.migrations().put("target", "1");
        database.apply();
        database.migrations().remove("target");
    }

    private void outside(String sql) {
        database.script("V2__outside.sql", sql).script("V2__outside.sql.conf", "executeInTransaction=false");
    }
}
