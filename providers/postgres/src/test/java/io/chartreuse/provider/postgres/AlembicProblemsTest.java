package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be wrong with a project, and what its user sees of it. */
@Timeout(120)
class AlembicProblemsTest {

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    private Diagnostic only(String code) {
        return Findings.only(code, project.refresh().findings());
    }

    private AlembicProject environment(String replaced, String by) {
        return project.file("scripts/env.py", project.read("scripts/env.py").replace(replaced, by));
    }

    @Test
    void aMigrationThatFailsIsRolledBackWithAllBeforeIt() {
        project.row("a")
                .revision("b", "\"a\"", "op.execute(\"CREATE TABLE half (id int)\")\nop.execute(\"SELECT nope\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary()
                        .matches("Migration scripts/versions/b_x.py of database main failed: "
                                + "sqlalchemy.exc.ProgrammingError: \\(psycopg2?.errors.UndefinedColumn\\) "
                                + "column \"nope\" does not exist.*"),
                failure.summary());
        assertTrue(
                failure.summary().endsWith("All was rolled back; the database stands at no revision."),
                failure.summary());
        assertEquals(
                project.directory.resolve("scripts/versions/b_x.py") + ":16",
                failure.location().orElseThrow().toString());
        assertFalse(database.hasTable("half") || database.hasTable("a"));
    }

    @Test
    void whatAMigrationDidOutsideOfTheTransactionIsTold() {
        project.row("a")
                .revision(
                        "b",
                        "\"a\"",
                        "with op.get_context().autocommit_block():\n"
                                + "    op.execute(\"CREATE INDEX CONCURRENTLY i ON a (id)\")\n"
                                + "op.execute(\"SELECT nope\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary()
                        .endsWith(
                                "What it did outside of a transaction remains. Migrations before it stay; the database"
                                        + " stands at revision a."),
                failure.summary());
        assertTrue(failure.remedy().contains("chartreuse repair"), failure.remedy());
    }

    @Test
    void aProgramThatIsNotThereIsTold() {
        project.migrations().putArray("command").add("does-not-exist");
        Diagnostic problem = only("postgres.alembic-not-found");

        assertTrue(problem.summary().contains("does-not-exist"), problem.summary());
        assertTrue(problem.remedy().contains("pip install alembic"), problem.remedy());
    }

    @Test
    void aProgramThatIsNoAlembicIsTold() {
        project.migrations().putArray("command").add("false");

        only("postgres.alembic-not-found");
    }

    @Test
    void anAlembicThatIsTooOldIsTold() {
        project.migrations().putArray("command").add("sh").add("-c").add("echo alembic 1.7.7");

        assertEquals(
                "Database main is migrated with Alembic 1.7, which is too old.",
                only("postgres.alembic-too-old").summary());
    }

    @Test
    void aDirectoryAFileAndASectionThatAreMissingAreTold() throws IOException {
        project.migrations().put("section", "orders");
        assertTrue(only("postgres.alembic-config").summary().endsWith("has no section [orders]."));

        Files.delete(project.directory.resolve("alembic.ini"));
        assertTrue(only("postgres.alembic-config").summary().contains("alembic.ini of database main cannot be read"));

        project.migrations().put("directory", "nowhere");
        only("postgres.missing-location");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aConfigurationThatIsAPipeIsNotReadFrom() throws Exception {
        Path pipe = project.directory.resolve("pipe.ini");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        database.migrations().put("config", "pipe.ini");

        assertTrue(
                only("postgres.alembic-config").summary().contains("it is a pipe, a socket or a device"),
                () -> only("postgres.alembic-config").summary());
    }

    @Test
    void scriptsThatAreNotWhereTheConfigurationSaysAreTold() {
        project.file("alembic.ini", project.read("alembic.ini").replace("/scripts", "/elsewhere"));
        Diagnostic problem = only("postgres.alembic-scripts");

        assertTrue(problem.summary().contains("Path doesn't exist"), problem.summary());
        assertFalse(problem.summary().contains("/tmp/chartreuse-alembic"), problem.summary());
    }

    @Test
    void aScriptThatIsNoPythonIsToldWithItsLine() {
        project.row("a").file("scripts/versions/b.py", "revision = \"b\"\ndown_revision = \"a\"\ndef upgrade(:\n");
        Diagnostic problem = only("postgres.alembic-scripts");

        assertTrue(problem.summary().contains("SyntaxError"), problem.summary());
        assertEquals(
                project.directory.resolve("scripts/versions/b.py") + ":3",
                problem.location().orElseThrow().toString());
    }

    @Test
    void aParentThatIsMissingIsTold() {
        project.revision("b", "\"gone\"", "pass");

        assertTrue(only("postgres.alembic-scripts").summary().contains("gone"));
    }

    @Test
    void anEnvironmentThatRaisesIsToldWithItsLine() {
        project.row("a").file("scripts/env.py", "import os\n\nregion = os.environ[\"REGION_OF_SHOP\"]\n");
        Diagnostic problem = only("postgres.alembic-environment");

        assertTrue(problem.summary().contains("KeyError: 'REGION_OF_SHOP'"), problem.summary());
        assertEquals(3, problem.location().orElseThrow().line());
    }

    @Test
    void anEnvironmentThatWritesWhileAPlanIsMadeIsToldUntilItIsAccepted() {
        project.row("a");
        environment(
                "context.configure(connection",
                "with connection.begin():\n"
                        + "            connection.execute(__import__(\"sqlalchemy\").text(\"CREATE SCHEMA IF NOT EXISTS e\"))\n"
                        + "        context.configure(connection");
        assertTrue(only("postgres.alembic-environment").remedy().contains("readOnlyPlan: false"));

        project.migrations().put("readOnlyPlan", false);
        assertEquals("{\"revision\":\"a\"}", project.apply().toString());
    }

    @Test
    void anEnvironmentThatConnectsElsewhereIsRefused() {
        project.row("a");
        environment(
                "fileConfig(config.config_file_name)",
                "config.set_main_option(\"sqlalchemy.url\", \"postgresql:///postgres\")");

        assertTrue(
                only("postgres.alembic-elsewhere").summary().contains("database postgres instead of " + database.name));
    }

    @Test
    void aDriverThatCannotTakeTheRoleIsRefused() {
        project.file("alembic.ini", project.read("alembic.ini").replace("driver://", "postgresql+asyncpg://"));
        database.settings.put("role", database.user);

        assertTrue(only("postgres.alembic-driver").summary().contains("asyncpg"));
    }

    @Test
    void aTargetThatTheProjectDoesNotHaveIsTold() {
        project.row("a").migrations().put("target", "nope@head");

        only("postgres.unknown-target");
    }
}
