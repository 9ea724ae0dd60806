package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import org.junit.jupiter.api.Test;

class FailingMigrationTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void aTransactionalMigrationLeavesNothingAndEarlierOnesStay() {
        database.tables(1)
                .script("V2__broken.sql", "CREATE TABLE half (id int);\n\nINSERT INTO half\n  SELECT nope FROM t1;\n");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertEquals(
                "Migration V2__broken.sql of database main failed at line 4: column \"nope\" does not exist"
                        + " (SQLSTATE 42703). It was rolled back; the database stands at revision 1.",
                failure.summary());
        assertEquals(4, failure.location().orElseThrow().line());
        assertEquals(1, failure.code().type().exitCode());
        assertTrue(database.hasTable("t1"));
        assertFalse(database.hasTable("half"));
        assertEquals("1 migration is pending", database.refresh().reason());
    }

    @Test
    void theServersHintIsPassedOn() {
        Diagnostic failure = Findings.thrown(
                "postgres.migration-failed",
                () -> database.script("V1__broken.sql", "SELECT lowerr('x');").apply());

        assertTrue(failure.remedy().contains("cast"), failure.remedy());
        assertTrue(failure.summary().contains("stands at no revision"), failure.summary());
    }

    @Test
    void rowsThatTheServerNamesAreTheApplicationsAndAreNotShown() {
        Diagnostic failure = Findings.thrown(
                "postgres.migration-failed", () -> rowsInTheWay().apply());

        assertTrue(failure.summary().contains("could not create unique index"), failure.summary());
        assertTrue(failure.summary().contains("logServerErrorDetail=true"), failure.summary());
        assertFalse(String.valueOf(failure).contains("ada@example.org"), failure.toString());
    }

    @Test
    void rowsAreShownInOneLineWhereTheUrlAsksForThem() {
        database.settings.put("url", database.settings.get("url").asText() + "?logServerErrorDetail=true");
        Diagnostic failure = Findings.thrown(
                "postgres.migration-failed", () -> rowsInTheWay().apply());

        assertTrue(failure.summary().contains("(ada@example.org ::error::mine)"), failure.summary());
        assertEquals(1, failure.summary().lines().count());
    }

    private TestDatabase rowsInTheWay() {
        return database.script(
                        "V1__a.sql",
                        "CREATE TABLE a (mail text); INSERT INTO a SELECT E'ada@example.org\\n::error::mine' FROM generate_series(1, 2);")
                .script("V2__unique.sql", "ALTER TABLE a ADD UNIQUE (mail);");
    }

    @Test
    void aHintOfSeveralLinesIsOneOfOurs() {
        Diagnostic failure = Findings.thrown(
                "postgres.migration-failed",
                () -> database.script(
                                "V1__raise.sql",
                                "DO $$ BEGIN RAISE EXCEPTION 'no' USING HINT = E'try\\n::error::again'; END $$;")
                        .apply());

        assertTrue(failure.remedy().startsWith("try ::error::again "), failure.remedy());
    }

    @Test
    void aNonTransactionalMigrationLeavesAFailedEntryWhichThePlanShows() {
        database.script("V1__a.sql", "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1);")
                .script("V2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY i ON a (id);");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("what it did before remains"), failure.summary());
        assertTrue(failure.summary().contains("stands at revision 1"), failure.summary());
        Findings.only("postgres.failed-entry", database.refresh().findings());
        assertEquals("{\"revision\":\"1\"}", database.refresh().observed().toString());
    }

    @Test
    void aFailureAtCommitIsOneOfItsMigration() {
        database.script(
                "V1__deferred.sql",
                "CREATE TABLE p (id int PRIMARY KEY);"
                        + "CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);"
                        + "INSERT INTO c VALUES (1);");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("V1__deferred.sql"), failure.summary());
        assertTrue(failure.summary().contains("23503"), failure.summary());
        assertFalse(database.hasTable("p"));
    }
}
