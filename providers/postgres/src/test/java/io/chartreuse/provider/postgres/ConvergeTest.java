package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConvergeTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void theDatabaseReachesThePlannedState() throws InterruptedException {
        Resource planned = database.tables(3).refresh();

        assertEquals(planned.desired(), database.apply(planned));
        assertEquals(
                List.of(
                        "migration 1 of 3: V1__table_1.sql",
                        "migration 2 of 3: V2__table_2.sql",
                        "migration 3 of 3: V3__table_3.sql"),
                database.progress);
        assertTrue(database.hasTable("t3"));
    }

    @Test
    void theHistoryTellsWhoDidIt() {
        database.tables(1).apply();

        assertEquals("chartreuse shop run-7", database.query("SELECT installed_by FROM flyway_schema_history"));
    }

    @Test
    void convergingTwiceDoesNothingTheSecondTime() throws InterruptedException {
        Resource planned = database.tables(2).refresh();
        ObjectNode first = database.apply(planned);
        database.progress.clear();
        database.awaitNoSessions();

        assertEquals(first, database.apply(planned));
        assertEquals(List.of(), database.progress);
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history"));
    }

    @Test
    void aRunThatDiedHalfWayGoesOn() throws InterruptedException {
        Resource planned = database.tables(3).refresh();
        database.migrations().put("target", "1");
        database.apply();
        database.migrations().remove("target");

        assertEquals(planned.desired(), database.apply(planned));
    }

    @Test
    void anEditedScriptIsRefusedAndNothingTouched() {
        Resource planned = database.tables(2).refresh();
        database.script("V2__table_2.sql", "CREATE TABLE t2 (id bigint);");

        Diagnostic stale = Findings.thrown("postgres.migrations-moved", () -> database.apply(planned));
        assertTrue(stale.summary().contains("V2__table_2.sql was edited"), stale.summary());
        assertEquals(3, stale.code().type().exitCode());
        assertFalse(database.hasTable("t1"));
        assertFalse(database.hasTable("flyway_schema_history"));
    }

    @Test
    void aMigrationThatIsNotInThePlanIsNotApplied() {
        Resource planned = database.tables(2).refresh();
        database.tables(3);

        Findings.thrown("postgres.migrations-moved", () -> database.apply(planned));
        assertFalse(database.hasTable("t1"));
    }

    @Test
    void theTargetOfThePlanIsNotOvershot() throws InterruptedException {
        database.migrations().put("target", "2");
        database.apply(database.tables(3).refresh());

        assertTrue(database.hasTable("t2"));
        assertFalse(database.hasTable("t3"));
    }

    @Test
    void repeatablesRunWhenTheirTextChanges() throws InterruptedException {
        database.script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT ${answer} AS x;");
        database.migrations().putObject("placeholders").put("answer", "1");
        database.apply();
        database.script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT ${answer} + 1 AS x;");
        Resource planned = database.refresh();

        assertEquals(planned.desired(), database.apply(planned));
        assertEquals("2", database.query("SELECT x FROM v"));
    }

    @Test
    void anIndexIsBuiltConcurrently() {
        database.tables(1)
                .script("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);")
                .script("V3__vacuum.sql", "VACUUM t1;")
                .apply();

        assertEquals("3", database.refresh().observed().path("revision").asText());
        assertTrue(database.hasTable("i"));
    }

    @Test
    void migrationsOutOfOrderAreAppliedWhenAllowed() throws InterruptedException {
        database.tables(3).remove("V2__table_2.sql").apply();
        database.migrations().put("outOfOrder", true);
        Resource planned = database.tables(3).refresh();

        assertEquals(
                "{\"revision\":\"3\",\"skipped\":[\"2\"]}", planned.observed().toString());
        assertEquals("{\"revision\":\"3\"}", planned.desired().toString());
        assertEquals(planned.desired(), database.apply(planned));
        assertTrue(database.hasTable("t2"));
    }

    @Test
    void aSchemaWithoutHistoryIsTakenOverAtItsBaseline() throws InterruptedException {
        database.execute("CREATE TABLE t1 (id int)").tables(2);
        Findings.only("postgres.no-history", database.refresh().findings());
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "1");
        Resource planned = database.refresh();

        assertEquals(1, Migration.pending(planned.migrations()).size());
        assertEquals(planned.desired(), database.apply(planned));
        assertTrue(database.hasTable("t2"));
    }

    @Test
    void aSchemaOfItsOwnIsCreated() throws InterruptedException {
        database.migrations().putArray("schemas").add("shop");
        database.migrations().put("table", "history");
        Resource planned = database.tables(1).refresh();

        assertEquals(planned.desired(), database.apply(planned));
        assertTrue(database.hasTable("shop.t1"));
        assertTrue(database.hasTable("shop.history"));
        assertEquals("is at its target revision 1", database.refresh().reason());
    }

    @Test
    void twoDatabasesMigrateSideBySide() throws Exception {
        TestDatabase other = new TestDatabase().tables(20);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Provider provider = TestDatabase.provider(Map.of("one", database.tables(20), "two", other))) {
            List<Callable<ObjectNode>> runs = provider.refresh().stream()
                    .map(resource ->
                            (Callable<ObjectNode>) () -> provider.converge(TestDatabase.step(resource), Progress.NONE))
                    .toList();
            for (Future<ObjectNode> run : threads.invokeAll(runs)) {
                assertEquals("{\"revision\":\"20\"}", run.get().toString());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void scriptsInSubdirectoriesAreNamedByTheirRelativePath() throws InterruptedException {
        Resource planned =
                database.script("2026/V1__a.sql", "CREATE TABLE a (id int);").refresh();

        assertEquals("2026/V1__a.sql", planned.migrations().get(0).script());
        assertEquals(planned.desired(), database.apply(planned));
    }
}
