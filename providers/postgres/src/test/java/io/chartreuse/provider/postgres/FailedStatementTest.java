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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report on a failed statement outside of one transaction: what remains, what does not, what comes next. */
class FailedStatementTest {

    private final TestDatabase database = new TestDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "PREPARE TRANSACTION 'later'"})
    void aTransactionThatFailsAtItsEndIsCalledRolledBack(String end) {
        database.script(
                "V1__pairs.sql",
                "CREATE TABLE pairs (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);\n"
                        + "INSERT INTO pairs VALUES (7), (7);\n" + end + ";\nCREATE TABLE other (id int);");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary().contains("none of its statements is committed, statements 1 to 3 were rolled back"),
                failure.summary());
        assertFalse(database.hasTable("pairs"));
        String left = Findings.only("postgres.failed-entry", database.refresh().findings())
                .summary();
        assertTrue(left.contains("None of its 4 statements is done; statement 3, line 3, failed: "), left);
        assertTrue(left.contains("With it statements 1 to 2 were rolled back."), left);
    }

    @Test
    void theStatementThatFailedIsNamedWithItsOwnLine() {
        database.script("V1__t.sql", "CREATE TABLE t (id int);").apply();
        database.script(
                "V2__split.sql", "ALTER TABLE t ADD kept int;\nCOMMIT;\nALTER TABLE t ADD lost int;\nSELECT 1/0;\n");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("failed at line 4"), failure.summary());
        assertTrue(
                failure.summary()
                        .contains(
                                "what it committed in its first 2 statements remains, statements 3 to 4 were rolled back"),
                failure.summary());
        Diagnostic left =
                Findings.only("postgres.failed-entry", database.refresh().findings());
        assertTrue(
                left.summary().contains("2 of its 4 statements are done; statement 4, line 4, failed: "),
                left.summary());
        assertTrue(left.summary().contains("With it statement 3 was rolled back."), left.summary());
        assertTrue(left.remedy().contains("The next apply goes on at statement 3"), left.remedy());
    }

    @Test
    void aMigrationThatFailedAndWasRepairedIsNotCalledDead() {
        database.script("V1__outside.sql", "CREATE TABLE first (id int);\nINSERT INTO absent VALUES (1);")
                .script("V1__outside.sql.conf", "executeInTransaction=false");
        Findings.thrown("postgres.migration-failed", database::apply);
        repair();

        Diagnostic finding = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertFalse(finding.isError());
        assertFalse(finding.summary().contains("died"), finding.summary());
        assertTrue(finding.summary().contains("was repaired and goes on"), finding.summary());
        assertTrue(finding.summary().contains("1 of its 2 statements is done."), finding.summary());
        database.script("V1__outside.sql", "CREATE TABLE first (id int);\nSELECT 1;");
        Diagnostic edited = Findings.only(
                "postgres.unfinished-migration", database.refresh().findings());
        assertFalse(edited.summary().contains("died"), edited.summary());
    }

    @Test
    void aPartitionThatAFailedStatementLeftHalfDetachedIsDetachedByARepair() throws Exception {
        database.settings.put("lockTimeout", "100ms").put("lockRetryBudget", "1s");
        database.script(
                        "V1__log.sql",
                        "CREATE TABLE log (at int) PARTITION BY RANGE (at);\n"
                                + "CREATE TABLE log_old PARTITION OF log FOR VALUES FROM (0) TO (9);")
                .apply();
        database.script(
                        "V2__detach.sql",
                        "CREATE TABLE before (id int);\nALTER TABLE log DETACH PARTITION log_old CONCURRENTLY;\n"
                                + "CREATE TABLE after (id int);")
                .script("V2__detach.sql.conf", "executeInTransaction=false");
        try (Connection reader = TestServer.connect(database.name)) {
            reader.setAutoCommit(false);
            try (Statement read = reader.createStatement()) {
                read.execute("SELECT * FROM log");
            }
            Findings.thrown("postgres.lock-timeout", database::apply);
        }
        Diagnostic left =
                Findings.only("postgres.failed-entry", database.refresh().findings());
        assertTrue(left.summary().contains("partition log_old of log half detached"), left.summary());
        assertTrue(left.remedy().contains("detaches log_old (FINALIZE)"), left.remedy());
        assertTrue(left.remedy().contains("goes on at statement 3"), left.remedy());
        repair();
        assertEquals("0", database.query("SELECT count(*) FROM pg_inherits WHERE inhparent = 'log'::regclass"));
        database.apply();

        assertTrue(database.hasTable("after"));
        assertEquals("2", database.query("SELECT count(*) FROM flyway_schema_history WHERE success"));
    }

    @Test
    void aFailureBehindABaselineNamesItsVersion() {
        database.execute("CREATE TABLE old (id int)");
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "3");
        database.script("V4__bad.sql", "SELECT 1/0;");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("the database stands at revision 3"), failure.summary());
    }

    @Test
    void anInvalidIndexIsSeenWithoutAHistoryAndItsFailureSaysWhatToDo() {
        database.execute("CREATE TABLE parts (id int); INSERT INTO parts VALUES (1), (1);"
                + " ALTER TABLE parts OWNER TO " + database.user);
        assertThrows(
                IllegalStateException.class,
                () -> database.execute("CREATE UNIQUE INDEX CONCURRENTLY parts_id ON parts (id)"));
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "1");
        database.script("V2__index.sql", "CREATE UNIQUE INDEX IF NOT EXISTS parts_id ON parts (id);");
        List<Diagnostic> warnings = database.refresh().findings();
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.summary().contains("IF NOT EXISTS would leave it so")),
                warnings::toString);

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);
        assertFalse(failure.summary().contains("callback"), failure.summary());
        assertTrue(failure.summary().contains("index public.parts_id on parts is invalid"), failure.summary());
        assertTrue(
                failure.remedy()
                        .contains(
                                "Run `chartreuse repair`, which asks whether to drop public.parts_id, or build it anew:"
                                        + " REINDEX INDEX CONCURRENTLY \"public\".\"parts_id\"."),
                failure.remedy());
    }

    private void repair() {
        try (Provider provider = database.provider()) {
            Repairable repairable = (Repairable) provider;
            repairable.repairs().stream().filter(Repair::certain).forEach(repairable::repair);
        }
    }
}
