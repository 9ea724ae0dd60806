package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Revisions that leave their transaction: how long they wait, what is reported, what is repaired. */
@Timeout(300)
@SuppressWarnings("try")
class AlembicConcurrentlyTest {

    private static final String BUILDING = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'";

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    AlembicConcurrentlyTest() {
        database.execute("GRANT pg_read_all_stats TO " + database.user);
        database.settings.put("lockTimeout", "300ms").put("lockRetryBudget", "60s");
        project.row("a").apply();
    }

    private static String index(String name) {
        return "with op.get_context().autocommit_block():\n    op.create_index(\"" + name
                + "\", \"a\", [\"id\"], postgresql_concurrently=True)";
    }

    @Test
    void anIndexIsBuiltHoweverLongTheTableIsBusyAndOtherStatementsKeepTheirLimit() throws Exception {
        Resource planned = project.revision(
                        "b",
                        "\"a\"",
                        index("a_id")
                                + "\nop.execute(\"CREATE TABLE seen AS SELECT current_setting('lock_timeout') l\")")
                .refresh();
        assertFalse(Migration.pending(planned.migrations()).get(0).transactional());
        Underway run;
        try (Rival rival = new Rival(database.name).execute("BEGIN; INSERT INTO a VALUES (1)")) {
            run = new Underway(database, planned);
            run.await(() -> database.query("SELECT count(*) > 0" + BUILDING + " AND now() - query_start > '1 s'")
                    .equals("t"));
            rival.commit();
        }

        assertEquals(planned.desired(), run.ended());
        assertEquals("t", database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"));
        assertEquals("300ms", database.query("SELECT l FROM seen"));
        assertFalse(database.hasTable("alembic_version_progress"));
    }

    @Test
    void whatABuildLeavesThatDidNotGetItsLockIsNamedAndRepaired() {
        database.settings.put("lockRetryBudget", "0s");
        project.revision("b", "\"a\"", index("a_id"));
        Diagnostic failure;
        try (Rival rival = new Rival(database.name).execute("BEGIN; INSERT INTO a VALUES (1)")) {
            failure = Findings.thrown("postgres.lock-timeout", database::apply);
        }

        assertTrue(
                failure.summary()
                        .contains(
                                "What it did outside of a transaction remains, with an invalid index: public.a_id on a."),
                failure.summary());
        assertFalse(failure.summary().contains("rolled back"), failure.summary());
        assertEquals(
                "Database main has a migration that did not come to its end: scripts/versions/b_x.py, outside of a"
                        + " transaction, by chartreuse shop run-7. None of its statements outside of a transaction is"
                        + " done; statement 1, line 16, failed: canceling statement due to lock timeout (SQLSTATE"
                        + " 55P03). It left invalid: public.a_id on a.",
                Findings.only("postgres.unfinished-migration", project.refresh().findings())
                        .summary());

        assertEquals(
                List.of(
                        "drop the invalid index public.a_id on a",
                        "forget that scripts/versions/b_x.py was begun, with 0" + " statements done"),
                repairs().stream().map(Repair::action).toList());
        repairs().forEach(this::repair);
        assertEquals(List.of(), repairs());
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
        assertEquals("t", database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"));
    }

    @Test
    void noRetryRunsIntoWhatTheFirstAttemptLeft() {
        database.settings.put("lockRetryBudget", "2s");
        project.revision("b", "\"a\"", index("a_id"));
        try (Rival rival = new Rival(database.name).execute("BEGIN; INSERT INTO a VALUES (1)")) {
            Diagnostic failure = Findings.thrown("postgres.lock-timeout", database::apply);

            assertFalse(failure.summary().contains("already exists"), failure.summary());
            assertTrue(failure.summary().contains("a rival"), failure.summary());
        }
        assertFalse(database.progress.stream().anyMatch(told -> told.contains("rolled back")));
    }

    @Test
    void whatAScriptCommitsByItselfIsNotSaidToBeRolledBack() {
        project.revision(
                "b",
                "\"a\"",
                "op.execute(\"CREATE TABLE half (id int)\")\nop.execute(\"COMMIT\")\nop.execute(\"SELECT nope\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary()
                        .endsWith(
                                "What it did outside of a transaction remains. No migration was completed; the database"
                                        + " stands at revision a."),
                failure.summary());
        assertTrue(database.hasTable("half"));
        Findings.only("postgres.unfinished-migration", project.refresh().findings());
    }

    @Test
    void whatStandsBeforeABlockIsSaidToBeCommittedAndDoneAgain() {
        database.execute("INSERT INTO a VALUES (1), (1)");
        project.revision(
                "b",
                "\"a\"",
                "op.add_column(\"a\", sa.Column(\"x\", sa.Integer))\nwith op.get_context().autocommit_block():\n"
                        + "    op.execute(\"CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id)\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary().contains("What stands before line 16 of it is committed and remains."),
                failure.summary());
        assertEquals(
                "1",
                database.query(
                        "SELECT count(*) FROM pg_attribute WHERE attname = 'x'" + " AND attrelid = 'a'::regclass"));
        Diagnostic finding =
                Findings.only("postgres.unfinished-migration", project.refresh().findings());
        assertTrue(
                finding.summary()
                        .contains("What stands before line 16 of it is committed. None of its statements outside of a"
                                + " transaction is done; statement 1, line 17, failed: could not create unique index"),
                finding.summary());
        assertTrue(finding.remedy().contains("What is done will be done again: undo it"), finding.remedy());
        assertEquals(
                List.of("left by scripts/versions/b_x.py, which failed", "it keeps it from running again"),
                repairs().stream().map(Repair::reason).toList());
        assertEquals(
                "forget that scripts/versions/b_x.py was begun, with 0 statements done and what stands before line 16"
                        + " committed",
                repairs().get(1).action());
    }

    @Test
    void aRunThatIsKilledTakesAlembicWithItAndItsBuildIsToldAndRepaired() throws Exception {
        project.revision("b", "\"a\"", index("a_id"));
        try (Rival rival = new Rival(database.name).execute("BEGIN; INSERT INTO a VALUES (1)")) {
            Process run = KilledRun.start(database);
            await("SELECT count(*) = 1" + BUILDING);
            run.destroyForcibly().waitFor();
            await("SELECT count(*) = 0" + BUILDING);
        }
        Diagnostic finding =
                Findings.only("postgres.unfinished-migration", project.refresh().findings());

        assertTrue(finding.summary().contains("by chartreuse shop run-killed"), finding.summary());
        assertTrue(finding.summary().contains("It left invalid: public.a_id on a."), finding.summary());
        repairs().forEach(this::repair);
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
    }

    @Test
    void alembicThatIsKilledLeavesATruthfulFailure() {
        project.revision("b", "\"a\"", "op.execute(\"CREATE TABLE b (id int)\")\nimport os\nos.kill(os.getpid(), 9)");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("b_x.py of database main failed"), failure.summary());
        assertTrue(failure.summary().contains("ended by signal 9"), failure.summary());
        assertTrue(
                failure.summary().endsWith("All was rolled back; the database stands at revision a."),
                failure.summary());
        assertFalse(database.hasTable("b"));
    }

    private List<Repair> repairs() {
        try (Provider provider = database.provider()) {
            return ((Repairable) provider).repairs();
        }
    }

    private void repair(Repair repair) {
        try (Provider provider = database.provider()) {
            ((Repairable) provider).repair(repair);
        } catch (ChartreuseException e) {
            throw new AssertionError(repair.action(), e);
        }
    }

    private void await(String condition) {
        while (!database.query(condition).equals("t")) {
            LockSupport.parkNanos(20_000_000);
        }
    }
}
