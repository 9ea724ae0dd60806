package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryProblemsTest {

    private final TestDatabase database = new TestDatabase();

    @BeforeEach
    void threeMigrationsAreApplied() {
        database.tables(3).apply();
    }

    @Test
    void aChangedChecksumIsFoundAtPlanTime() {
        Diagnostic finding = found("postgres.checksum-changed", database.script("V2__table_2.sql", "SELECT 2;"));

        assertTrue(finding.summary().contains("migration 2"), finding.summary());
        assertTrue(finding.isError());
        assertEquals(1, finding.code().type().exitCode());
    }

    @Test
    void anAppliedMigrationWithoutFileIsFound() {
        found("postgres.applied-missing", database.remove("V2__table_2.sql"));
    }

    @Test
    void aMissingRepeatableIsFound() {
        database.script("R__view.sql", "SELECT 1;").apply();

        found("postgres.applied-missing", database.remove("R__view.sql"));
    }

    @Test
    void aMigrationBelowTheRevisionIsOutOfOrder() {
        found("postgres.out-of-order", database.script("V2.5__late.sql", "SELECT 1;"));
    }

    @Test
    void aFailedEntryIsFound() {
        found(
                "postgres.failed-entry",
                database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '3'"));
    }

    @Test
    void aRenamedMigrationIsFound() {
        found(
                "postgres.description-changed",
                database.remove("V3__table_3.sql").script("V3__renamed.sql", "CREATE TABLE t3 (id int);"));
    }

    @Test
    void allProblemsShowAtOnce() {
        database.script("V1__table_1.sql", "SELECT 1;").script("V2__table_2.sql", "SELECT 2;");

        assertEquals(
                List.of("postgres.checksum-changed", "postgres.checksum-changed"),
                Findings.codes(database.refresh().findings()));
        assertEquals("has 2 problems", database.refresh().reason());
    }

    @Test
    void lineEndsDoNotChangeAMigration() {
        database.script("V4__lines.sql", "SELECT 1;\nSELECT 2;\n").apply();

        assertEquals(
                List.of(),
                database.script("V4__lines.sql", "SELECT 1;\r\nSELECT 2;\r\n")
                        .refresh()
                        .findings());
    }

    private static Diagnostic found(String code, TestDatabase database) {
        return Findings.only(code, database.refresh().findings());
    }
}
