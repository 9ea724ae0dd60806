package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.SnapshotSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Projects whose output says too little or too much: the results come from Alembic itself. */
@Timeout(120)
class AlembicSilenceTest {

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    private AlembicSilenceTest environment(String first) {
        String env = project.read("scripts/env.py").replaceFirst("(?s)if config\\.config_file_name.*?\\n\\n", "");
        project.file("scripts/env.py", first + "\n" + env);
        return this;
    }

    @Test
    void progressIsToldThoughNothingIsLogged() {
        environment(
                "import io, logging, sys\nlogging.disable(logging.CRITICAL)\nsys.stdout = sys.stderr = io.StringIO()");
        project.row("a", "b").apply();

        assertEquals(
                List.of("migration 1 of 2: scripts/versions/a_x.py", "migration 2 of 2: scripts/versions/b_x.py"),
                database.progress);
    }

    @Test
    void theMigrationThatFailedIsNamedThoughNothingIsLogged() {
        environment("import logging\nlogging.disable(logging.CRITICAL)");
        project.row("a").revision("b", "\"a\"", "op.execute(\"SELECT nope\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().startsWith("Migration scripts/versions/b_x.py of database main failed"));
    }

    @Test
    void whatAProjectPrintsIsNoAnswer() {
        environment("import os, sys\nprint('{\"answer\": {}}')\nprint(\"Current revision(s) for nothing:\")\n"
                + "print(\"Rev: zz\")\nos.write(1, b'no end of line')\nsys.stdin.read()");
        project.row("a", "b");

        assertEquals(List.of(), project.refresh().findings());
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
    }

    @Test
    void whatAProjectPrintsComesAfterTheNameOfItsMigration() {
        project.row("a").revision("b", "\"a\"", "print(\"half way\")\n" + AlembicProject.table("b"));
        project.apply();

        assertTrue(
                database.progress.contains("migration 2 of 2: scripts/versions/b_x.py | half way"),
                database.progress.toString());
    }

    @Test
    void aRevisionThatEndsItsProcessIsToldAndKeepsNoOtherFromBeingRendered() {
        project.row("a").revision("b", "\"a\"", "import os\nos._exit(0)");
        List<Migration> migrations = Migration.pending(project.refresh().migrations());
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(migrations.get(0).sql().orElse("").contains("CREATE TABLE a"), migrations.toString());
        assertTrue(migrations.get(0).transactional());
        assertTrue(migrations.get(1).note().orElse("").contains("its process ended (exit code 0) before it answered"));
        assertTrue(
                failure.summary()
                        .startsWith("Migration scripts/versions/b_x.py of database main failed: its process ended (exit"
                                + " code 0) before it answered"),
                failure.summary());
    }

    @Test
    void theSqlOfATableHasItsIndexesInTheSameOrderEachTime() {
        project.revision(
                "a", "None", "op.create_table(\"a\", *[sa.Column(c, sa.Integer, index=True) for c in \"gdbfaec\"])");
        String sql =
                Migration.pending(project.refresh().migrations()).get(0).sql().orElseThrow();

        assertEquals(
                List.of("ix_a_a", "ix_a_b", "ix_a_c", "ix_a_d", "ix_a_e", "ix_a_f", "ix_a_g"),
                Pattern.compile("ix_a_[a-g]")
                        .matcher(sql)
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }

    @Test
    void aPlanSaysHowManyRevisionsShareATransaction() {
        project.row("a", "b", "c");
        assertEquals(
                List.of(
                        "one transaction over 3 revisions: locks are held until the last of them has ended;"
                                + " transaction_per_migration in env.py gives each its own",
                        "",
                        ""),
                notes());

        project.revision("b", "\"a\"", "op.get_bind().scalar()");
        assertTrue(notes().get(1).startsWith("its SQL is not known beforehand (TypeError: "), notes().get(1));
        project.file(
                "scripts/env.py",
                project.read("scripts/env.py")
                        .replace("connection=connection,", "connection=connection, transactional_ddl=False,"));
        project.row("a", "b", "c");
        assertEquals(List.of("", "", ""), notes());
    }

    @Test
    void theRecordOfADatabaseAsksAlembicAgainOnlyWhereItsVersionTableIsNotEnough() {
        project.row("a", "b").apply();
        environment("import pathlib\nwith pathlib.Path('runs').open('a') as runs:\n    runs.write('x')");
        try (Provider provider = database.provider()) {
            provider.refresh();
            assertEquals("b", revision(provider));
            assertEquals("x", project.read("runs"));

            database.execute("UPDATE alembic_version SET version_num = 'a'");
            assertEquals("a", revision(provider));
            assertEquals("x", project.read("runs"));

            database.execute("UPDATE alembic_version SET version_num = 'zzz'");
            assertEquals("zzz", revision(provider));
            assertEquals("xx", project.read("runs"));
        }
    }

    private static String revision(Provider provider) {
        return ((SnapshotSource) provider).snapshot().get(0).parts().get("revision");
    }

    private List<String> notes() {
        return Migration.pending(project.refresh().migrations()).stream()
                .map(migration -> migration.note().orElse(""))
                .toList();
    }

    @Test
    void aConnectionThatCommitsEachStatementIsNoTransaction() {
        environment("");
        project.file(
                "scripts/env.py",
                project.read("scripts/env.py")
                        .replace("poolclass=pool.NullPool", "poolclass=pool.NullPool, isolation_level=\"AUTOCOMMIT\""));
        project.row("a");

        assertFalse(Migration.pending(project.refresh().migrations()).get(0).transactional());
        project.revision("b", "\"a\"", "op.execute(\"CREATE TABLE half (id int)\")\nop.execute(\"SELECT nope\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);
        assertFalse(failure.summary().contains("rolled back"), failure.summary());
        assertTrue(database.hasTable("half"));
    }

    @Test
    void whatCannotBeToldOfARevisionIsNotTakenForTransactional() {
        project.file("helpers.py", "def change(op):\n    op.get_bind().execute(None).scalar()\n");
        project.row("a").revision("b", "\"a\"", "import helpers", "helpers.change(op)");

        assertEquals(
                List.of(true, false),
                Migration.pending(project.refresh().migrations()).stream()
                        .map(Migration::transactional)
                        .toList());
    }

    @Test
    void aPlanWithoutSqlTellsWhatTheFilesShow() {
        project.migrations().put("renderSql", false);
        project.row("a")
                .revision("b", "\"a\"", "with op.get_context().autocommit_block():\n    op.execute(\"VACUUM a\")");
        List<Migration> migrations = Migration.pending(project.refresh().migrations());

        assertEquals(
                List.of(true, false),
                migrations.stream().map(Migration::transactional).toList());
        assertTrue(migrations.stream().allMatch(migration -> migration.sql().isEmpty()));
    }
}
