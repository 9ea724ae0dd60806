package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person may get wrong, or find wrong: the error names the place and the remedy, and nothing is touched. */
class BadInputTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void aQuoteThatNeverEndsIsFoundWhenPlanning() {
        database.tables(1).script("V2__quote.sql", "SELECT 1;\n\nINSERT INTO t1 VALUES ('a);\n");
        Diagnostic problem = Findings.only(
                "postgres.unreadable-migration", database.refresh().findings());

        assertEquals(3, problem.location().orElseThrow().line());
        assertTrue(problem.summary().contains("the quote (') begun in line 3 never ends"), problem.summary());
    }

    @Test
    void bytesThatMeanNothingAreFoundWithTheirLine() throws IOException {
        Files.write(
                database.directory.resolve("migrations/V1__latin.sql"),
                "SELECT 1;\nSELECT 'é';\n".getBytes(StandardCharsets.ISO_8859_1));
        Diagnostic problem = Findings.only(
                "postgres.unreadable-migration", database.refresh().findings());

        assertEquals(2, problem.location().orElseThrow().line());
        assertTrue(problem.summary().contains("is not encoded in UTF-8, as line 2 shows"), problem.summary());
    }

    @Test
    void aDirectoryThatVanishesAfterThePlanIsNamed() throws IOException {
        Resource planned = database.tables(1).refresh();
        database.remove("V1__table_1.sql");
        Files.delete(database.directory.resolve("migrations"));
        Diagnostic problem = Findings.thrown("postgres.missing-location", () -> database.apply(planned));

        assertTrue(problem.summary().contains("migrations of database main does not exist"), problem.summary());
        assertFalse(database.hasTable("flyway_schema_history"));
    }

    @Test
    void aReadOnlyDatabaseIsFoundWhenPlanning() {
        database.tables(1).execute("ALTER DATABASE " + database.name + " SET default_transaction_read_only = on");
        Diagnostic problem =
                Findings.only("postgres.read-only", database.refresh().findings());

        assertTrue(problem.summary().contains("default_transaction_read_only is on"), problem.summary());
    }

    @Test
    void aReadOnlyDatabaseWithNothingPendingIsFine() {
        database.tables(1).apply();
        database.execute("ALTER DATABASE " + database.name + " SET default_transaction_read_only = on");

        assertEquals(List.of(), database.refresh().findings());
    }

    @ParameterizedTest
    @CsvSource({"53100, Make room", "53200, more memory", "53300, max_connections"})
    void aServerThatRunsOutOfSomethingSaysWhatToDo(String state, String remedy) {
        database.script(
                "V1__full.sql",
                "CREATE TABLE a (id int); DO $$ BEGIN RAISE 'no more' USING ERRCODE = '" + state + "'; END $$;");
        Diagnostic problem = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(problem.summary().contains("(SQLSTATE " + state + ")"), problem.summary());
        assertTrue(problem.summary().contains("It was rolled back"), problem.summary());
        assertTrue(problem.remedy().contains(remedy), problem.remedy());
        assertFalse(database.hasTable("a"));
    }

    @Test
    void aRoleWithoutAFreeConnectionIsToldSo() {
        database.tables(1).execute("ALTER ROLE " + database.user + " CONNECTION LIMIT 0");
        Diagnostic problem = Findings.thrown("postgres.out-of-resources", database::refresh);

        assertTrue(problem.summary().contains("is out of connections"), problem.summary());
        assertTrue(problem.remedy().contains("CONNECTION LIMIT"), problem.remedy());
    }
}
