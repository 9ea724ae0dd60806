package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the report says of each revision as it ends. */
@Timeout(120)
class AlembicResultsTest {

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;
    private final List<String> told = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void report(String message) {
            told.add(message);
        }

        @Override
        public void ended(MigrationResult result) {
            told.add(result.script() + " " + result.outcome().word()
                    + (database.hasTable("b") ? ", b is there" : "")
                    + (database.hasTable("a") ? ", a is there" : ""));
        }
    };

    private void eachByItself() {
        project.file(
                "scripts/env.py",
                project.read("scripts/env.py")
                        .replace("connection=connection,", "connection=connection, transaction_per_migration=True,"));
    }

    @Test
    void revisionsOfOneTransactionAreToldOnceItIsCommitted() throws InterruptedException {
        database.converge(project.row("a", "b").refresh(), progress);

        assertEquals(
                List.of(
                        "migration 1 of 2: scripts/versions/a_x.py",
                        "migration 2 of 2: scripts/versions/b_x.py",
                        "scripts/versions/a_x.py applied, b is there, a is there",
                        "scripts/versions/b_x.py applied, b is there, a is there"),
                told);
    }

    @Test
    void aRevisionOfItsOwnIsToldAtOnce() throws InterruptedException {
        eachByItself();
        database.converge(project.row("a", "b").refresh(), progress);

        assertEquals("scripts/versions/a_x.py applied, a is there", told.get(1));
        assertEquals("scripts/versions/b_x.py applied, b is there, a is there", told.get(3));
    }

    @Test
    void whatWasRolledBackWithTheOneThatFailedIsNotToldAsApplied() {
        project.row("a").revision("b", "\"a\"", "op.execute(\"SELECT nope\")");
        Resource planned = project.refresh();
        assertThrows(ChartreuseException.class, () -> database.converge(planned, progress));

        assertEquals(List.of("scripts/versions/b_x.py failed"), told.subList(2, told.size()));
    }

    @Test
    void whatABlockHadCommittedBeforeAFailureIsToldAsApplied() {
        project.row("a")
                .revision("b", "\"a\"", "with op.get_context().autocommit_block():\n    op.execute(\"SELECT nope\")");
        Resource planned = project.refresh();
        assertThrows(ChartreuseException.class, () -> database.converge(planned, progress));

        assertEquals(
                List.of("scripts/versions/a_x.py applied, a is there", "scripts/versions/b_x.py failed, a is there"),
                told.subList(2, told.size()));
    }
}
