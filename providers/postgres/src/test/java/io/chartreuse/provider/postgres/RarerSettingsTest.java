package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class RarerSettingsTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void filesInAnotherEncodingAreReadInIt() throws IOException {
        latin("V1__word.sql", "CREATE TABLE words (word text);\nINSERT INTO words VALUES ('Käse');");
        database.migrations().put("encoding", "ISO-8859-1");
        database.apply();

        assertEquals("Käse", database.query("SELECT word FROM words"));
    }

    @Test
    void aWrongEncodingIsToldWithItsLine() throws IOException {
        latin("V1__word.sql", "CREATE TABLE words (word text);\nINSERT INTO words VALUES ('Käse');");
        Diagnostic finding = Findings.only(
                "postgres.unreadable-migration", database.refresh().findings());

        assertTrue(finding.summary().contains("is not encoded in UTF-8, as line 2 shows"), finding.summary());
        assertEquals(2, finding.location().orElseThrow().line());
    }

    @Test
    void placeholdersMayBeWrittenInAnotherWay() {
        database.script("V1__a.sql", "CREATE TABLE #[name] (id int); SELECT '${literal}';");
        database.migrations().put("placeholderPrefix", "#[").put("placeholderSuffix", "]");
        Diagnostic missing =
                Findings.only("postgres.missing-placeholder", database.refresh().findings());
        assertTrue(missing.summary().startsWith("#[name] in line 1"), missing.summary());

        database.migrations().putObject("placeholders").put("name", "a");
        database.apply();
        assertTrue(database.hasTable("a"));
    }

    @Test
    void placeholdersMayBeLeftAlone() {
        database.script("V1__a.sql", "CREATE TABLE a AS SELECT '${literal}' AS text;");
        database.migrations().put("placeholderReplacement", false);
        database.apply();

        assertEquals("${literal}", database.query("SELECT text FROM a"));
    }

    @Test
    void filesMayBeNamedInAnotherWay() {
        database.script("M1--a.pgsql", "CREATE TABLE a (id int);")
                .script("A--view.pgsql", "CREATE VIEW v AS SELECT 1;");
        database.migrations()
                .put("sqlMigrationPrefix", "M")
                .put("repeatableSqlMigrationPrefix", "A")
                .put("sqlMigrationSeparator", "--")
                .putArray("sqlMigrationSuffixes")
                .add(".pgsql");
        database.apply();

        assertTrue(database.hasTable("a"));
        assertTrue(database.hasTable("v"));
    }

    @Test
    void aFileMayMixStatementsWhereItIsAllowed() {
        database.script("V1__a.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);");
        Findings.only("postgres.unreadable-migration", database.refresh().findings());
        database.migrations().put("mixed", true);

        assertFalse(database.refresh().migrations().get(0).transactional());
        database.apply();
        assertTrue(database.hasTable("i"));
    }

    @Test
    void schemasAreNotCreatedWhereThatIsNotAllowed() {
        database.tables(1)
                .migrations()
                .put("createSchemas", false)
                .putArray("schemas")
                .add("nowhere");
        database.execute("GRANT CREATE ON DATABASE " + database.name + " TO " + database.user);

        Findings.thrown("postgres.refused", database::apply);
    }

    @Test
    void whatIsMissingMayBeIgnored() {
        database.tables(3).apply();
        database.remove("V2__table_2.sql")
                .migrations()
                .putArray("ignoreMigrationPatterns")
                .add("*:missing");

        assertEquals(List.of(), database.refresh().findings());
        database.script("V4__d.sql", "SELECT 4;").apply();
        assertEquals("4", database.query("SELECT max(version::int) FROM flyway_schema_history"));
    }

    @Test
    void anEditThatAPersonAcceptedIsNoProblem() {
        database.tables(2).apply();
        database.script("V1__table_1.sql", "CREATE TABLE t1 (id int); -- the first");
        Findings.only("postgres.checksum-changed", database.refresh().findings());
        String checksum = database.query("SELECT checksum FROM flyway_schema_history WHERE version = '1'");
        database.migrations().putArray("acceptEdited").add("1");

        database.script("V3__c.sql", "CREATE TABLE t3 (id int);").apply();
        assertTrue(database.hasTable("t3"));
        assertEquals(checksum, database.query("SELECT checksum FROM flyway_schema_history WHERE version = '1'"));
    }

    @Test
    void aHistoryOfAnOlderFlywayIsTakenOverAsItIs() {
        database.tables(4).apply();
        database.execute("UPDATE flyway_schema_history SET installed_by = 'sa', execution_time = 0;"
                + " UPDATE flyway_schema_history SET type = 'SPRING_JDBC', script = 'db.V2__table_2', checksum = NULL"
                + " WHERE version = '2'; UPDATE flyway_schema_history SET type = 'JDBC', script = 'db.V3__table_3',"
                + " checksum = NULL WHERE version = '3'");
        database.migrations().putArray("ignoreMigrationPatterns").add("*:missing");
        database.remove("V2__table_2.sql").remove("V3__table_3.sql");

        assertEquals(List.of(), database.refresh().findings());
        database.script("V5__e.sql", "CREATE TABLE t5 (id int);").apply();
        assertEquals("5", database.query("SELECT count(*) FROM flyway_schema_history"));
    }

    @Test
    void migrationsThatWereDeletedOrUndoneAreKnown() {
        database.tables(2).apply();
        database.execute("INSERT INTO flyway_schema_history SELECT 3, '2', description, 'DELETE', script, checksum,"
                + " installed_by, now(), 0, true FROM flyway_schema_history WHERE version = '2'; DROP TABLE t2");

        assertEquals(List.of(), database.refresh().findings());
        database.apply();
        assertTrue(database.hasTable("t2"));
    }

    private void latin(String file, String text) throws IOException {
        Files.writeString(database.directory.resolve("migrations").resolve(file), text, StandardCharsets.ISO_8859_1);
    }
}
