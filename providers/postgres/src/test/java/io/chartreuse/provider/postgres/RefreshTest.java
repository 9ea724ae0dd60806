package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.text.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void aFreshDatabaseHasEverythingPending() {
        Resource resource = database.tables(2).refresh();

        assertEquals("postgres.database/main", resource.address().toString());
        assertEquals(Role.MIGRATE, resource.role());
        assertEquals("{\"revision\":null}", resource.observed().toString());
        assertEquals("{\"revision\":\"2\"}", resource.desired().toString());
        assertEquals("2 migrations are pending", resource.reason());
        assertEquals(List.of(), resource.findings());
        assertEquals(
                new Migration(
                                Optional.of("1"),
                                "table 1",
                                "V1__table_1.sql",
                                Sha256.of("CREATE TABLE t1 (id int);"),
                                true)
                        .withSql("CREATE TABLE t1 (id int);"),
                resource.migrations().get(0));
    }

    @Test
    void readingChangesNothing() {
        database.tables(2)
                .script("beforeInfo.sql", "CREATE TABLE spoiled (id int);")
                .refresh();

        assertEquals("0", database.query("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    @Test
    void whatIsAppliedIsObserved() {
        database.tables(2).apply();
        Resource resource = database.tables(5).refresh();

        assertEquals("{\"revision\":\"2\"}", resource.observed().toString());
        assertEquals("{\"revision\":\"5\"}", resource.desired().toString());
        assertEquals("3 migrations are pending", resource.reason());
    }

    @Test
    void aDatabaseAtItsTargetStaysAsItIs() {
        database.tables(2).apply();
        Resource resource = database.refresh();

        assertEquals(resource.observed(), resource.desired());
        assertEquals("is at its target revision 2", resource.reason());
        assertEquals(List.of(), resource.migrations());
    }

    @Test
    void theConfiguredTargetIsTheGoal() {
        database.migrations().put("target", "2");
        Resource resource = database.tables(3).refresh();

        assertEquals("{\"revision\":\"2\"}", resource.desired().toString());
        assertEquals(2, resource.migrations().size());
    }

    @Test
    void aTargetThatIsNoMigrationIsAFinding() {
        database.migrations().put("target", "7");

        Findings.only("postgres.unknown-target", database.tables(3).refresh().findings());
    }

    @Test
    void aDatabaseAheadOfTheFilesIsLeftAloneWithAWarning() {
        database.tables(3).script("R__new.sql", "SELECT 1;").apply();
        database.remove("V3__table_3.sql").remove("R__new.sql").script("R__other.sql", "SELECT 2;");
        Resource resource = database.refresh();

        assertFalse(Findings.only("postgres.ahead", resource.findings()).isError());
        assertEquals(resource.observed(), resource.desired());
        assertEquals(List.of(), resource.migrations());
        assertEquals("is ahead of the migrations at hand", resource.reason());
    }

    @Test
    void anEmptyDatabaseIsLeftAloneWhenAskedTo() {
        database.settings.put("allowEmpty", false);
        Resource resource = database.tables(1).refresh();

        assertFalse(Findings.only("postgres.empty", resource.findings()).isError());
        assertEquals(resource.observed(), resource.desired());
        assertEquals("is empty and allowEmpty is false", resource.reason());
    }

    @Test
    void aDatabaseWithATableIsNotEmpty() {
        database.tables(1).apply();
        database.settings.put("allowEmpty", false);

        assertEquals("1 migration is pending", database.tables(2).refresh().reason());
    }

    @Test
    void aHistoryTableAloneIsStillEmpty() {
        database.script("V1__nothing.sql", "SELECT 1;").apply();
        database.settings.put("allowEmpty", false);

        assertEquals(
                "is empty and allowEmpty is false",
                database.tables(2).remove("V1__table_1.sql").refresh().reason());
    }

    @Test
    void aChangedRepeatableShowsInTheState() {
        database.script("V1__a.sql", "CREATE TABLE a (id int);")
                .script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS x;")
                .apply();
        Resource same = database.refresh();
        Resource changed = database.script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2 AS x;")
                .refresh();

        assertEquals(same.observed(), same.desired());
        assertEquals(same.observed(), changed.observed());
        assertNotEquals(changed.observed(), changed.desired());
        assertEquals(Optional.empty(), changed.migrations().get(0).version());
        assertEquals("1", changed.desired().path("revision").asText());
    }

    @Test
    void statementsThatNeedNoTransactionAreMarked() {
        Resource resource = database.tables(1)
                .script("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);")
                .script("V3__by_option.sql", "SELECT 1;")
                .script("V3__by_option.sql.conf", "executeInTransaction=false\n")
                .refresh();

        assertEquals(
                List.of(true, false, false),
                resource.migrations().stream().map(Migration::transactional).toList());
    }

    @Test
    void theIdentityTellsOneDatabaseFromAnother() {
        Resource one = database.tables(1).refresh();
        Resource other = new TestDatabase().tables(1).refresh();

        assertEquals(one.identity().get("systemIdentifier"), other.identity().get("systemIdentifier"));
        assertEquals(database.name, one.identity().get("database"));
        assertNotEquals(one.identity().get("oid"), other.identity().get("oid"));
    }

    @Test
    void theIdentityDoesWithoutTheSystemIdentifierWhereItIsForbidden() {
        database.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

        assertEquals(
                List.of("database", "oid"),
                List.copyOf(database.tables(1).refresh().identity().keySet()));
    }

    @Test
    void theFingerprintMovesWithHistoryAndFiles() {
        Map<String, String> before = database.tables(1).refresh().fingerprint();
        database.apply();
        Map<String, String> applied = database.refresh().fingerprint();
        Map<String, String> added = database.tables(2).refresh().fingerprint();

        assertNotEquals(before.get("history"), applied.get("history"));
        assertEquals(before.get("migrations"), applied.get("migrations"));
        assertEquals(applied.get("history"), added.get("history"));
        assertNotEquals(applied.get("migrations"), added.get("migrations"));
        assertEquals("18", before.get("serverMajor"));
        assertEquals(List.of("yes", "no"), List.of(before.get("empty"), applied.get("empty")));
    }

    @Test
    void allDatabasesAreReadInTheOrderOfTheirNames() {
        TestDatabase other = new TestDatabase().tables(3);
        try (Provider provider = TestDatabase.provider(Map.of("zeta", database.tables(1), "alpha", other))) {
            List<Resource> resources = provider.refresh();

            assertEquals("alpha", resources.get(0).address().name());
            assertEquals(3, resources.get(0).migrations().size());
            assertEquals(1, resources.get(1).migrations().size());
        }
    }

    @Test
    void aProviderConnectsOnlyWhenItIsAsked() {
        database.settings.put("url", "jdbc:postgresql://localhost:1/nowhere");

        database.provider().close();
        assertTrue(database.progress.isEmpty());
    }
}
