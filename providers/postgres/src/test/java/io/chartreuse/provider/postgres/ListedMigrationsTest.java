package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Migration.Kind;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plan's entries beside the pending migrations: all that runs, and what does not run. */
class ListedMigrationsTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void callbacksAreListedWithTheirSqlInTheOrderInWhichTheyRun() {
        database.tables(1)
                .script("afterMigrate__grants.sql", "GRANT SELECT ON t1 TO PUBLIC;")
                .script("more/beforeMigrate.sql", "SELECT 1;")
                .script("beforeEachMigrate.sql", "SELECT 2;")
                .script("beforeClean.sql", "SELECT 'never';");
        Resource resource = database.refresh();

        assertEquals(
                List.of(
                        "more/beforeMigrate.sql",
                        "beforeEachMigrate.sql",
                        "V1__table_1.sql",
                        "afterMigrate__grants.sql"),
                scripts(resource));
        Migration grants = resource.migrations().get(3);
        assertEquals(Kind.CALLBACK, grants.kind());
        assertEquals("afterMigrate: grants", grants.description());
        assertEquals("GRANT SELECT ON t1 TO PUBLIC;", grants.sql().orElseThrow());
        assertEquals("runs after all migrations", grants.note().orElseThrow());
        assertEquals("1 migration is pending", resource.reason());
    }

    @Test
    void theConfFileOfACallbackIsNoCallback() {
        database.tables(1)
                .script("afterMigrate__grants.sql", "SELECT '${not-a-placeholder}';")
                .script("afterMigrate__grants.sql.conf", "placeholderReplacement=false");

        assertEquals(List.of("V1__table_1.sql", "afterMigrate__grants.sql"), scripts(database.refresh()));
    }

    @Test
    void callbacksOfTheSameNameAreRefusedBeforeAnythingRuns() {
        database.tables(1).script("afterMigrate.sql", "SELECT 1;").script("more/afterMigrate.sql", "SELECT 2;");

        String summary = Findings.only(
                        "postgres.duplicate-migration", database.refresh().findings())
                .summary();
        assertTrue(summary.startsWith("Two callbacks of database main are named the same: "), summary);
        database.script("more/afterMigrate__second.sql", "SELECT 2;").remove("more/afterMigrate.sql");
        assertEquals(List.of(), database.refresh().findings());
    }

    @Test
    void aCallbackThatFailsAfterTheLastMigrationHasToBeRunByHand() {
        database.tables(1).script("afterMigrate.sql", "GRANT SELECT ON nothing TO PUBLIC;");

        String remedy =
                Findings.thrown("postgres.migration-failed", database::apply).remedy();
        assertTrue(remedy.contains("run it by hand"), remedy);
        assertEquals(List.of(), database.refresh().migrations());
    }

    @Test
    void aDatabaseWithNothingToDoIsLeftAloneByItsCallbacks() {
        database.tables(1)
                .script("afterMigrate.sql", "CREATE TABLE IF NOT EXISTS touched (id int);")
                .apply();
        database.execute("DROP TABLE touched");

        assertEquals(List.of(), database.refresh().migrations());
        database.apply();
        assertFalse(database.hasTable("touched"));
    }

    @Test
    void aCallbackThatIsNotInThePlanDoesNotRun() {
        Resource planned = database.tables(1).refresh();
        database.script("afterMigrate.sql", "DROP TABLE t1;");

        assertTrue(Findings.thrown("postgres.migrations-moved", () -> database.apply(planned))
                .summary()
                .contains("afterMigrate.sql"));
        assertFalse(database.hasTable("t1"));
    }

    @Test
    void theBaselineIsListedWithEachFileThatItSkips() {
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "2");
        Resource resource = database.execute("CREATE TABLE old (id int)")
                .tables(3)
                .script("beforeBaseline.sql", "SELECT 1;")
                .refresh();

        assertEquals(
                List.of(Kind.BASELINE, Kind.SKIPPED, Kind.SKIPPED, Kind.CALLBACK, Kind.MIGRATION),
                resource.migrations().stream().map(Migration::kind).toList());
        assertEquals(
                "is taken over at baseline 2, which skips 2 files for good; 1 migration is pending", resource.reason());
        database.apply();
        assertEquals("2", database.query("SELECT version FROM flyway_schema_history WHERE type = 'BASELINE'"));
        assertFalse(database.hasTable("t2"));
        assertTrue(database.hasTable("t3"));
    }

    @Test
    void aBaselineThatNobodyChoseIsAWarningThatNamesWhatNeverRuns() {
        database.migrations().put("baselineOnMigrate", true);
        database.execute("CREATE TABLE of_another_application (id int)").tables(2);

        Diagnostic warning =
                Findings.only("postgres.baseline-not-chosen", database.refresh().findings());

        assertFalse(warning.isError());
        assertTrue(warning.summary().contains("V1__table_1.sql"), warning.summary());
        assertFalse(warning.summary().contains("V2__table_2.sql"), warning.summary());
        database.migrations().put("baselineVersion", "1");
        assertEquals(List.of(), database.refresh().findings());
    }

    @Test
    void aBaselineThatSkipsNothingNeedsNoChoice() {
        database.migrations().put("baselineOnMigrate", true);
        database.execute("CREATE TABLE old (id int)").script("V2__b.sql", "CREATE TABLE b (id int);");
        assertEquals(List.of(), database.refresh().findings());
        TestDatabase empty = new TestDatabase().tables(1);
        empty.migrations().put("baselineOnMigrate", true);
        assertEquals(List.of(), empty.refresh().findings());
    }

    @Test
    void aMigrationBelowTheRevisionIsMarked() {
        database.migrations().put("outOfOrder", true);
        database.tables(3).remove("V2__table_2.sql").apply();
        Migration late = database.tables(3).refresh().migrations().get(0);

        assertEquals(Kind.OUT_OF_ORDER, late.kind());
        assertEquals("below revision 3", late.note().orElseThrow());
    }

    @Test
    void anUndoFileIsListedWithItsMigrationAndDoesNotRun() {
        database.tables(1).script("U1__table_1.sql", "DROP TABLE t1;").script("U7__other.sql", "DROP TABLE t7;");
        Resource resource = database.refresh();

        assertEquals(List.of("V1__table_1.sql", "U1__table_1.sql"), scripts(resource));
        assertEquals(Kind.UNDO, resource.migrations().get(1).kind());
        assertEquals("1 migration is pending", resource.reason());
        database.apply();
        assertTrue(database.hasTable("t1"));
    }

    private static List<String> scripts(Resource resource) {
        return resource.migrations().stream().map(Migration::script).toList();
    }
}
