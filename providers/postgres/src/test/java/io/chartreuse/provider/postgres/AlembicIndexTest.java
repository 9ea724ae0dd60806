package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.Repairable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Indexes that exist before a revision builds them: invalid ones, finished ones, others. */
@Timeout(120)
class AlembicIndexTest {

    private static final String TWO = """
            with op.get_context().autocommit_block():
                op.create_index("a_id", "a", ["id"], postgresql_concurrently=True)
                op.create_index("a_more", "a", ["id"], unique=True, postgresql_concurrently=True)
            """;

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    AlembicIndexTest() {
        project.row("a").apply();
    }

    private void leaveInvalid() {
        database.execute("CREATE INDEX a_id ON a (id)");
        database.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_id'::regclass");
    }

    private static String block(String sql) {
        return "with op.get_context().autocommit_block():\n    op.execute(\"" + sql + "\")";
    }

    @Test
    void anInvalidIndexThatABuildFindsFailsTheRunAndIsRepaired() {
        leaveInvalid();
        project.revision("b", "\"a\"", block("CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id)"));
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary()
                        .startsWith(
                                "Migration scripts/versions/b_x.py of database main failed: index public.a_id on a is"
                                        + " invalid: the statement found it so and left it as it was."),
                failure.summary());
        assertTrue(failure.summary().contains("the database stands at revision a"), failure.summary());
        repairAll();
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
        assertEquals("t", database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"));
    }

    @Test
    void anInvalidIndexThatIsFoundInATransactionFailsTheRun() {
        leaveInvalid();
        project.revision("b", "\"a\"", "op.execute(\"CREATE INDEX IF NOT EXISTS a_id ON a (id)\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("index public.a_id on a is invalid"), failure.summary());
        assertTrue(failure.summary().endsWith("All was rolled back; the database stands at revision a."));
    }

    @Test
    void anIndexThatIsThereUnderAnOddNameIsLookedAt() {
        database.execute("CREATE INDEX \"it's \\ 100%\" ON a (id)");
        project.revision(
                "b",
                "\"a\"",
                "op.get_bind().exec_driver_sql('CREATE INDEX IF NOT EXISTS \"it\\'s \\\\ 100%%\" ON a (id DESC)', ())");
        project.apply();

        assertTrue(
                database.progress.stream().anyMatch(told -> told.contains("was there and may not be as the statement")),
                database.progress.toString());
    }

    @Test
    void whatTheServerHasFinishedIsNotBuiltAgain() {
        project.revision("b", "\"a\"", TWO + "import os\nos.kill(os.getpid(), 9)");
        Findings.thrown("postgres.migration-failed", database::apply);
        project.revision("b", "\"a\"", TWO);
        Diagnostic finding =
                Findings.only("postgres.unfinished-migration", project.refresh().findings());

        assertFalse(finding.remedy().contains("drop it"), finding.remedy());
        assertEquals(
                List.of("forget that scripts/versions/b_x.py was begun, with 2 statements done"),
                repairs().stream().map(Repair::action).toList());
        repairAll();
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
        assertTrue(database.progress.contains("migration 1 of 1: scripts/versions/b_x.py | index public.a_more is there"
                + " and as the statement defines it: it is not built again"));
    }

    @Test
    void anIndexOfThatNameThatIsAnotherOneIsNamedAndDroppedOnlyWhereAPersonWantsIt() {
        project.revision("b", "\"a\"", TWO);
        database.execute("CREATE INDEX a_more ON a (id)");
        Findings.thrown("postgres.migration-failed", database::apply);
        Diagnostic finding =
                Findings.only("postgres.unfinished-migration", project.refresh().findings());

        assertTrue(
                finding.remedy().contains("The index public.a_more on a is there and works, but is not as the file"),
                finding.remedy());
        assertEquals(
                List.of(false, true), repairs().stream().map(Repair::certain).toList());
        repairAll();
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
    }

    private List<Repair> repairs() {
        try (Provider provider = database.provider()) {
            return ((Repairable) provider).repairs();
        }
    }

    private void repairAll() {
        repairs().forEach(repair -> {
            try (Provider provider = database.provider()) {
                ((Repairable) provider).repair(repair);
            }
        });
    }
}
