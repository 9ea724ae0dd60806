package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files below a location that are not migrations. */
class StrayFilesTest {

    private static final String BROKEN = "this is not SQL";

    private final TestDatabase database = new TestDatabase().tables(2);

    @Test
    void sqlThatIsNoMigrationIsPassedOverWithOneWarning() {
        for (int number = 0; number < 134; number++) {
            database.script("rollback/1.0." + number + "__drop.sql", BROKEN);
        }
        Diagnostic warning = only();

        assertFalse(warning.isError());
        assertTrue(warning.summary().contains("134 files"), warning.summary());
        assertTrue(warning.summary().contains("rollback/1.0.0__drop.sql"), warning.summary());
        assertFalse(warning.summary().contains("1.0.99__drop.sql"), warning.summary());
        database.apply();
        assertTrue(database.hasTable("t2"));
    }

    @Test
    void namesThatAreNearlyAMigrationsArePointedOut() {
        List.of(
                        "V3_underscore.sql",
                        "v4__small.sql",
                        "V5__text.sql.txt",
                        "V6__nothing",
                        "R_view.sql",
                        "r__other.sql",
                        "V7-hyphen.sql",
                        "V8__letters.slq",
                        "aftermigrate.sql")
                .forEach(file -> database.script(file, BROKEN));
        database.script("README.md", "text").script("notes.txt", "text").script("V1__table_1.sql~", BROKEN);
        String summary = only().summary();

        assertTrue(summary.contains("9 files"), summary);
        for (String meant :
                List.of("R_view.sql → R__view.sql", "V3_underscore.sql → V3__underscore.sql", "(9 in all)")) {
            assertTrue(summary.contains(meant), summary);
        }
    }

    @Test
    void theyAreAnErrorWhereNamesAreValidated() {
        database.script("create_users.sql", BROKEN).script("U1__table_1.sql", BROKEN);
        database.migrations().put("validateMigrationNaming", true);
        Diagnostic error = only();

        assertTrue(error.isError());
        assertTrue(error.summary().contains("create_users.sql"), error.summary());
        assertTrue(error.summary().contains("U1__table_1.sql"), error.summary());
    }

    @Test
    void programsThatFlywayWouldRunAreRefused() {
        database.script("V3__program.sh", "exit 1")
                .script("afterMigrate.py", "exit(1)")
                .script("deploy.sh", "exit 1");
        String summary = Findings.only(
                        "postgres.script-migration", database.refresh().findings())
                .summary();

        assertTrue(summary.contains("2 migrations"), summary);
        assertTrue(summary.contains("V3__program.sh"), summary);
    }

    @Test
    void aStrayFileIsNoPartOfThePlan() {
        Object before = database.refresh().fingerprint();
        database.script("notes.sql", BROKEN);

        assertEquals(before, database.refresh().fingerprint());
    }

    private Diagnostic only() {
        return Findings.only("postgres.invalid-file-name", database.refresh().findings());
    }
}
