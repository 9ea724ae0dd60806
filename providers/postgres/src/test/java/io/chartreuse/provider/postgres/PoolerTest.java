package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PgBouncer between Chartreuse and the server. */
@Timeout(60)
class PoolerTest {

    /** Stands for a pooler that passes start-up options on, which this one's version does not. */
    private static final String AS_STARTED = "SET chartreuse.session = kept";

    private static final String ALL_IGNORED = "extra_float_digits, options";

    private final TestDatabase database = new TestDatabase().tables(1);

    @BeforeEach
    void pgBouncerIsInstalled() {
        Prerequisite.installed("pgbouncer", PgBouncer.isInstalled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction", "statement"})
    void pgBouncerRefusesStartupOptionsInEveryMode(String mode) throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, mode, "extra_float_digits", "")) {
            Diagnostic refused = assertRefused(pooler, "which refuses start-up options");

            assertTrue(refused.remedy().contains("session mode included"), refused.remedy());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"extra_float_digits", ALL_IGNORED})
    void alembicIsNotRunThroughSessionModeEither(String ignored) throws IOException {
        AlembicProject project = new AlembicProject().row("a");
        TestDatabase migrated = project.database;
        String direct = migrated.settings.get("url").asText();
        try (PgBouncer pooler = new PgBouncer(migrated, "session", ignored, "")) {
            migrated.settings.put("url", pooler.url(migrated));
            Findings.thrown("postgres.pooler", migrated::refresh);
            migrated.settings.put("migrationUrl", pooler.url(migrated));
            Findings.thrown("postgres.pooler", migrated::refresh);
            migrated.settings.put("migrationUrl", direct);
            migrated.apply();
        }

        assertTrue(migrated.hasTable("a"));
    }

    @Test
    void anotherRefusesWhatTheDriverAlwaysSends() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction", "", "")) {
            assertRefused(pooler, "which refuses start-up options");
        }
    }

    @Test
    void oneThatDropsThemIsRefusedWhateverItsMode() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "session", ALL_IGNORED, "")) {
            assertRefused(pooler, "which drops the start-up options");
        }
    }

    @Test
    void transactionModeShowsInWhoAnswers() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction", ALL_IGNORED, AS_STARTED)) {
            assertRefused(pooler, "which gives a session another server process for each transaction");
        }
    }

    @Test
    void statementModeIsRefused() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "statement", ALL_IGNORED, AS_STARTED)) {
            database.settings.put("url", pooler.url(database));
            Findings.thrown("postgres.pooler", database::refresh);
        }
    }

    @Test
    void aPoolerThatPassesOptionsOnAndKeepsSessionsIsFine() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "session", ALL_IGNORED, AS_STARTED)) {
            database.settings.put("url", pooler.url(database));

            assertEquals("1 migration is pending", database.refresh().reason());
        }
    }

    @Test
    void whatSessionModeLeadsToIsRecorded() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "session", ALL_IGNORED, AS_STARTED)) {
            database.settings.put("url", pooler.url(database));

            assertEquals("none", Recordings.taken(database).parts().get("revision"));
        }
    }

    @Test
    void transactionModeIsRefusedByTheRecordingToo() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction", ALL_IGNORED, AS_STARTED)) {
            database.settings.put("url", pooler.url(database));
            Findings.thrown("postgres.pooler", () -> Recordings.taken(database));
        }
    }

    @Test
    void theMigrationUrlGoesPastIt() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction", "extra_float_digits", "")) {
            database.settings.put("migrationUrl", database.settings.get("url").asText());
            database.settings.put("url", pooler.url(database));
            database.apply();
        }

        assertTrue(database.hasTable("t1"));
    }

    @Test
    void theDoctorComparesWhereTheTwoUrlsLead() throws IOException {
        TestDatabase other = new TestDatabase();
        try (PgBouncer pooler = new PgBouncer(database, "transaction", "extra_float_digits", "")) {
            database.settings.put("migrationUrl", database.settings.get("url").asText());
            database.settings.put("url", pooler.url(database));
            assertEquals("the same database", route().found());
            database.settings.put("url", "jdbc:postgresql://localhost:" + TestServer.port() + "/" + other.name);

            assertTrue(route().found().startsWith("another database, " + other.name), route()::found);
            assertTrue(route().failed());
        }
    }

    private Check route() {
        try (Provider provider = database.provider()) {
            return ((Preflight) provider)
                    .examine().stream()
                            .filter(check -> check.subject().equals("url of database main"))
                            .findFirst()
                            .orElseThrow();
        }
    }

    private Diagnostic assertRefused(PgBouncer pooler, String how) {
        database.settings.put("url", pooler.url(database));
        Diagnostic refused = Findings.thrown("postgres.pooler", database::refresh);

        assertTrue(refused.summary().contains(how), refused::summary);
        assertTrue(refused.remedy().contains("postgres.databases.main.migrationUrl"), refused.remedy());
        return refused;
    }
}
