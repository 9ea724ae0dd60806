package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Indexes of runs that died: some are valid, some are invalid. */
class CompletedIndexTest {

    private static final String INDEX = "V2__index.sql";
    private static final String CREATE =
            "-- by name\nCREATE INDEX CONCURRENTLY people_name ON public.people USING btree (lower(name) ASC, id DESC)"
                    + " WHERE id > 0;";

    private final TestDatabase database = new TestDatabase()
            .script(
                    "V1__people.sql",
                    "CREATE TABLE people (id int, name text); INSERT INTO people VALUES (1, 'Ada'), (1, 'Bo');");

    @Test
    void anIndexThatTheServerCompletedAfterTheDeathOfItsRunIsRecordedAsApplied() {
        died(CREATE);
        Diagnostic finding = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertTrue(
                finding.summary()
                        .contains(
                                "It is done: its last statement has built the index public.people_name" + " on people"),
                finding.summary());

        assertEquals(
                List.of("record V2__index.sql as applied"),
                repairs().stream().map(Repair::action).toList());
        repairs().forEach(this::repair);
        assertEquals("is at its target revision 2", database.refresh().reason());
        assertEquals(
                "2|index|SQL|V2__index.sql|true",
                database.query("SELECT concat_ws('|', version, description, type, script, success::text) FROM"
                        + " flyway_schema_history WHERE installed_rank = 2"));
        assertFalse(database.hasTable("flyway_schema_history_progress"));
        assertEquals(List.of(), repairs());
    }

    @Test
    void anIndexWithAnotherDefinitionIsNotTakenForTheMigrations() {
        died(CREATE);
        database.execute("DROP INDEX people_name; CREATE INDEX people_name ON people (id)");

        assertEquals(
                List.of("false index public.people_name", "true progress of V2__index.sql"),
                repairs().stream()
                        .map(repair -> repair.certain() + " " + repair.name())
                        .toList());
        repairs().forEach(this::repair);
        database.apply();
        assertTrue(database.query("SELECT pg_get_indexdef('people_name'::regclass)")
                .contains("lower"));
    }

    @Test
    void aFileThatWasEditedMeanwhileIsNotRecorded() {
        died(CREATE);
        database.script(INDEX, CREATE + "\n-- edited");

        assertTrue(repairs().stream().noneMatch(repair -> repair.action().startsWith("record")));
    }

    @Test
    void aMigrationWhoseStatementsAreAllNotedAsDoneIsRecorded() {
        died("VACUUM people;\nVACUUM people;");
        database.execute("UPDATE flyway_schema_history_progress SET done = 2");

        assertEquals(
                List.of("record V2__index.sql as applied"),
                repairs().stream().map(Repair::action).toList());
    }

    @Test
    void ifNotExistsOverAnInvalidIndexFailsAndIsRepaired() throws Exception {
        database.apply();
        try (Connection connection = TestServer.connect(database.name);
                Statement statement = connection.createStatement()) {
            Assertions.assertThrows(
                    java.sql.SQLException.class,
                    () -> statement.execute("CREATE UNIQUE INDEX CONCURRENTLY people_id ON people (id)"));
        }
        database.execute("UPDATE people SET id = 2 WHERE name = 'Bo'");
        database.script(INDEX, "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS people_id ON people (id);");
        assertTrue(database.refresh().findings().stream()
                .anyMatch(finding -> finding.summary().contains("IF NOT EXISTS would leave it so")));

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);
        assertTrue(
                failure.summary().contains("index public.people_id on people is invalid: the statement found it so"),
                failure.summary());
        repairs().stream().filter(Repair::certain).forEach(this::repair);
        database.apply();
        assertEquals("t", database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'people_id'::regclass"));
    }

    /**
     * Simulates a process that was killed after the server had finished the last statement and before that was noted.
     */
    private void died(String sql) {
        database.script(INDEX, sql).apply();
        database.execute(
                "CREATE TABLE flyway_schema_history_progress (script text, digest text, run text, begun timestamptz"
                        + " DEFAULT now(), server int, server_start timestamptz, statements int, done int, line int, build text,"
                        + " build_index text, build_table text, invalid_before bigint[] DEFAULT '{}', sqlstate text, message text);"
                        + " INSERT INTO flyway_schema_history_progress (script, digest, run, server, statements, done, line, build,"
                        + " build_index, build_table) VALUES ('" + INDEX + "', '"
                        + io.chartreuse.spi.text.Sha256.of(sql)
                        + "', 'chartreuse shop run-6', 0, " + (sql.startsWith("VACUUM") ? "2, 1, 2" : "1, 0, 2")
                        + ", 'new', 'people_name', 'people');"
                        + " ALTER TABLE flyway_schema_history_progress OWNER TO " + database.user
                        + "; DELETE FROM flyway_schema_history WHERE version = '2'");
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
}
