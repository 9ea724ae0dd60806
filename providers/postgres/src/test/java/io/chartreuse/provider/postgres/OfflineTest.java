package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan's resource from the record alone equals the one from the database itself. */
class OfflineTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void anEmptyDatabaseIsRecalledAsItIs() {
        assertEquals(
                "2 migrations are pending", recalledAsItIs(database.tables(2)).reason());

        database.settings.put("allowEmpty", false);
        Findings.only("postgres.empty", recalledAsItIs(database).findings());
    }

    @Test
    void whatWasAppliedAndWhatHasComeSinceIsRecalled() {
        database.tables(2).script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS x;");
        database.apply();
        Snapshot recorded = Recordings.taken(database);
        Resource same = database.refresh();

        assertEquals(same, Recordings.recalled(database, recorded));
        assertEquals("is at its target revision 2", same.reason());
        database.tables(4)
                .script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2 AS x;")
                .script("V5__type.sql", "CREATE TYPE c AS ENUM ('a');")
                .script("V6__value.sql", "ALTER TYPE c ADD VALUE 'b';")
                .script("V7__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);");
        assertEquals(database.refresh(), Recordings.recalled(database, recorded));
        assertEquals(6, database.refresh().migrations().size());
    }

    @Test
    void whatWasDoneToTheFilesIsFound() {
        database.tables(4).script("R__view.sql", "SELECT 1;").apply();
        Snapshot recorded = Recordings.taken(database);
        database.script("V1__table_1.sql", "SELECT 1;")
                .remove("V2__table_2.sql")
                .remove("V3__table_3.sql")
                .script("V3__renamed.sql", "CREATE TABLE t3 (id int);")
                .remove("R__view.sql")
                .script("V3.5__late.sql", "SELECT 1;")
                .script("V5__placeholder.sql", "SELECT '${nobody}';")
                .script("V6__open.sql", "SELECT 'open;");
        Resource live = database.refresh();

        assertEquals(live, Recordings.recalled(database, recorded));
        assertEquals(
                List.of(
                        "postgres.applied-missing",
                        "postgres.applied-missing",
                        "postgres.checksum-changed",
                        "postgres.description-changed",
                        "postgres.missing-placeholder",
                        "postgres.out-of-order",
                        "postgres.unreadable-migration"),
                Findings.codes(live.findings()).stream().sorted().toList());
    }

    @Test
    void filesThatCannotBeUsedAreFound() {
        database.tables(2).apply();
        Snapshot recorded = Recordings.taken(database);
        database.script("V2__again.sql", "SELECT 1;");
        Resource live = database.refresh();

        assertEquals(live, Recordings.recalled(database, recorded));
        assertTrue(live.findings().get(0).isError());
    }

    @Test
    void targetsAndWhatIsAheadOfThemAreRecalled() {
        database.tables(3).apply();
        Snapshot recorded = Recordings.taken(database);
        for (String target : List.of("2", "3", "7")) {
            database.migrations().put("target", target);

            assertEquals(database.refresh(), Recordings.recalled(database, recorded), target);
        }
        database.migrations().remove("target");
        database.remove("V3__table_3.sql");
        Findings.only("postgres.ahead", Recordings.recalled(database, recorded).findings());
        assertEquals(database.refresh(), Recordings.recalled(database, recorded));
    }

    @Test
    void aSchemaThatIsTakenOverIsRecalledBeforeAndAfter() {
        database.execute("CREATE TABLE legacy (id int)").tables(3);
        Findings.only("postgres.no-history", recalledAsItIs(database).findings());

        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "2");
        assertEquals(1, Migration.pending(recalledAsItIs(database).migrations()).size());
        database.apply();
        assertEquals("is at its target revision 3", recalledAsItIs(database).reason());
    }

    @Test
    void schemasThatFlywayHasMadeAreRecalled() {
        database.migrations().putArray("schemas").add("shop").add("audit");
        recalledAsItIs(database.tables(1));
        database.apply();

        assertEquals("is at its target revision 1", recalledAsItIs(database).reason());
    }

    @Test
    void aFailedEntryIsRecalled() {
        database.tables(2).apply();
        database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '2'");

        Findings.only("postgres.failed-entry", recalledAsItIs(database).findings());
    }

    @Test
    void aRepeatableThatIsMadeForTheUserIsRecalled() {
        database.script("R__user.sql", "-- ${flyway:user} ${flyway:defaultSchema} ${flyway:database}\nSELECT 1;")
                .apply();

        assertEquals(List.of(), recalledAsItIs(database).migrations());
    }

    @Test
    void aDatabaseThatMovedOnHasAnotherFingerprint() {
        database.tables(1).apply();
        Snapshot recorded = Recordings.taken(database);
        database.tables(2).apply();
        Resource live = database.refresh();
        Resource recalled = Recordings.recalled(database, recorded);

        assertEquals(live.identity(), recalled.identity());
        assertNotEquals(
                live.fingerprint().get("history"), recalled.fingerprint().get("history"));
    }

    @Test
    void whatWasNotRecordedIsAnError() {
        Resource recalled = Recordings.recalled(database.tables(1));

        Diagnostic problem = Findings.only("postgres.not-recorded", recalled.findings());
        assertTrue(problem.isError());
        assertTrue(problem.remedy().contains("chartreuse state"), problem.remedy());
        assertEquals("{}", recalled.observed().toString());
    }

    @Test
    void notesThatMakeNoSenseAreAnError() {
        Snapshot recorded = Recordings.taken(database.tables(1));
        ObjectNode later = recorded.notes().put("format", 2);
        ObjectNode torn = recorded.notes().deepCopy().put("format", 1);
        ((ObjectNode) torn.get("history")).put("rows", "none");

        for (ObjectNode notes : List.of(later, torn, torn.deepCopy().removeAll())) {
            Findings.only(
                    "postgres.not-recorded",
                    Recordings.recalled(database, Recordings.withNotes(recorded, notes))
                            .findings());
        }
    }

    @Test
    void anotherWayToTheDatabaseIsAWarningAndAnotherDatabaseAnError() {
        Snapshot recorded = Recordings.taken(database.tables(1));
        database.settings.put("url", "jdbc:postgresql://tunnel:9999/" + database.name);
        Resource elsewhere = Recordings.recalled(database, recorded);

        Diagnostic warning = Findings.only("postgres.recorded-elsewhere", elsewhere.findings());
        assertFalse(warning.isError());
        assertTrue(warning.summary().contains("tunnel:9999/" + database.name), warning.summary());
        assertEquals(1, elsewhere.migrations().size());
        database.settings.put("url", "jdbc:postgresql://tunnel:9999/other");
        assertTrue(Findings.only(
                        "postgres.recorded-elsewhere",
                        Recordings.recalled(database, recorded).findings())
                .isError());
    }

    @Test
    void otherSettingsThanThoseOfTheRecordAreAnError() {
        Snapshot recorded = Recordings.taken(database.tables(1));
        database.migrations().put("table", "steps");
        Findings.only(
                "postgres.recorded-elsewhere",
                Recordings.recalled(database, recorded).findings());

        database.migrations().remove("table");
        database.migrations().putArray("schemas").add("shop");
        Diagnostic problem = Findings.only(
                "postgres.recorded-elsewhere",
                Recordings.recalled(database, recorded).findings());
        assertTrue(problem.summary().contains("no schemas set"), problem.summary());
    }

    private static Resource recalledAsItIs(TestDatabase database) {
        Resource live = database.refresh();

        assertEquals(live, Recordings.recalled(database, Recordings.taken(database)));
        return live;
    }
}
