package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Migrations outside of a transaction that fail or die: what is reported, what is repaired. */
class UnfinishedMigrationTest {

    private static final String INDEX = "V2__index.sql";

    private final TestDatabase database = new TestDatabase()
            .script(
                    "V1__orders.sql",
                    "CREATE TABLE orders (id int, code text);" + " INSERT INTO orders VALUES (1, 'a'), (1, 'b');");

    @Test
    void theNextPlanSaysWhatIsDoneWhatFailedAndWhatIsThere() {
        fail("VACUUM orders;\n\nCREATE UNIQUE INDEX CONCURRENTLY orders_id\n  ON orders (id);\nVACUUM;");
        Diagnostic finding =
                Findings.only("postgres.failed-entry", database.refresh().findings());

        assertEquals(
                "Database main has a failed entry in its history: migration 2 (index). 1 of its 3 statements is done;"
                        + " statement 2, line 3, failed: could not create unique index \"orders_id\" (SQLSTATE 23505)."
                        + " It left invalid: public.orders_id on orders.",
                finding.summary());
        assertTrue(finding.remedy().contains("chartreuse repair"), finding.remedy());
        assertTrue(finding.remedy().contains("may be repeated"), finding.remedy());
    }

    @Test
    void aRepairClearsAwayWhatAFailureLeftSoThatTheMendedMigrationRuns() {
        fail("CREATE UNIQUE INDEX CONCURRENTLY orders_id ON orders (id);");

        assertEquals(
                List.of(
                        "drop the invalid index public.orders_id on orders",
                        "delete the failed entry of migration 2 (index)",
                        "forget that V2__index.sql was begun, with 0 of 1 statements done"),
                repairs().stream().map(Repair::action).toList());
        repairs().forEach(this::repair);
        assertEquals(List.of(), repairs());
        assertFalse(database.hasTable("orders_id"));
        assertFalse(database.hasTable("flyway_schema_history_progress"));

        database.execute("UPDATE orders SET id = 2 WHERE code = 'b'").apply();
        assertEquals("t", database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_id'::regclass"));
        assertFalse(database.hasTable("flyway_schema_history_progress"));
    }

    @Test
    void indexesThatTheServerNamedAreFoundToo() {
        fail("CREATE UNIQUE INDEX CONCURRENTLY ON orders (id)");

        assertEquals("index public.orders_id_idx", repairs().get(0).name());
        assertTrue(repairs().get(0).certain());
    }

    @Test
    void anInvalidIndexOfNobodysIsAWarningAndNoCertainRepair() throws Exception {
        database.apply();
        try (Connection connection = TestServer.connect(database.name);
                Statement statement = connection.createStatement()) {
            assertThrows(
                    java.sql.SQLException.class,
                    () -> statement.execute("CREATE UNIQUE INDEX CONCURRENTLY foreign_index ON orders (id)"));
        }
        Diagnostic finding =
                Findings.only("postgres.invalid-index", database.refresh().findings());

        assertFalse(finding.isError());
        assertTrue(finding.summary().contains("public.foreign_index on orders"), finding.summary());
        assertEquals(List.of(false), repairs().stream().map(Repair::certain).toList());
    }

    @Test
    void anInvalidIndexThatWasThereBeforeIsNotTakenForTheMigrations() throws Exception {
        anInvalidIndexOfNobodysIsAWarningAndNoCertainRepair();
        fail("CREATE UNIQUE INDEX CONCURRENTLY ON orders (id)");

        assertEquals(
                List.of("index public.orders_id_idx", "entry V2__index.sql", "progress of V2__index.sql"),
                repairs().stream().filter(Repair::certain).map(Repair::name).toList());
    }

    @Test
    void aFailureOfAToolWithoutNotesIsExplainedByItsFile() {
        fail("CREATE UNIQUE INDEX CONCURRENTLY orders_id ON orders (id);");
        database.execute("DROP TABLE flyway_schema_history_progress");

        assertTrue(Findings.only("postgres.failed-entry", database.refresh().findings())
                .summary()
                .contains("It left invalid: public.orders_id on orders."));
        repairs().forEach(this::repair);
        assertEquals(List.of(), repairs());
    }

    @Test
    void aRunThatDiesInTheMiddleIsToldAndRepaired() throws Exception {
        database.settings.put("reconnectBudget", "0s");
        database.apply();
        database.script(INDEX, "VACUUM orders;\nCREATE INDEX CONCURRENTLY orders_code ON orders (code);");
        try (Connection other = TestServer.connect(database.name);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE orders SET code = 'c' WHERE code = 'b'");
            CompletableFuture<?> run = CompletableFuture.runAsync(database::apply, TestDatabase.OWN_THREAD);
            await("SELECT count(*) = 1 FROM pg_stat_progress_create_index WHERE datname = current_database()");

            Diagnostic now =
                    Findings.only("postgres.still-executing", database.refresh().findings());
            assertTrue(now.summary().contains("1 of its 2 statements is done"), now.summary());
            Findings.thrown("postgres.still-executing", this::repairs);

            kill();
            assertThrows(ExecutionException.class, run::get);
            other.rollback();
        }
        Diagnostic finding = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertTrue(
                finding.summary().contains("1 of its 2 statements is done; statement 2, line 2, was under way when"),
                finding.summary());
        assertTrue(finding.summary().contains("public.orders_code on orders"), finding.summary());
        assertTrue(finding.summary().contains("run-7"), finding.summary());

        repairs().forEach(this::repair);
        assertEquals("1 migration is pending", database.refresh().reason());
        database.apply();
        assertTrue(database.hasTable("orders_code"));
    }

    @Test
    void aRepairThatIsNoLongerWantedIsRefused() {
        fail("CREATE UNIQUE INDEX CONCURRENTLY orders_id ON orders (id);");
        Repair drop = repairs().get(0);
        database.execute("DROP INDEX orders_id");

        Findings.thrown("postgres.repair-moved", () -> repair(drop));
    }

    private void fail(String sql) {
        database.script(INDEX, sql);
        Findings.thrown("postgres.migration-failed", database::apply);
    }

    @Test
    @SuppressWarnings("try")
    void nothingIsRepairedWhileAnotherRunMigrates() {
        database.settings.put("lockWait", "0s");
        fail("CREATE UNIQUE INDEX CONCURRENTLY ON orders (id)");
        Repair first = repairs().get(0);
        try (Rival rival = new Rival(database.name).execute("SELECT pg_advisory_lock(7163082351540594037)")) {
            Findings.thrown("postgres.locked", () -> repair(first));
        }
        assertEquals(first, repairs().get(0));
        repair(first);
    }

    private List<Repair> repairs() {
        try (Provider provider = database.provider()) {
            return ((Repairable) provider).repairs();
        }
    }

    private void repair(Repair repair) {
        try (Provider provider = database.provider()) {
            ((Repairable) provider).repair(repair);
        }
    }

    /** Ends all connections of the run at once, as if its process had been killed and the server had noticed. */
    private void kill() {
        database.query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '" + database.user
                + "'");
        await("SELECT count(*) = 0 FROM pg_stat_activity WHERE usename = '" + database.user + "'");
    }

    private void await(String condition) {
        while (!database.query(condition).equals("t")) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
