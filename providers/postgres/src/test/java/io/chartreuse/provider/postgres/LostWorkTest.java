package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.LostCommitCheck;
import io.chartreuse.spi.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run died, and the current primary lacks some of what the run has recorded. */
class LostWorkTest {

    private final TestDatabase database = new TestDatabase().tables(3);
    private final Resource planned = database.refresh();
    private final List<MigrationResult> recorded =
            List.of(applied("V1__table_1.sql"), applied("V2__table_2.sql"), applied("V3__table_3.sql"));

    @Test
    void whatIsRecordedAndPendingAgainIsLost() {
        loseTheLast();

        Diagnostic problem = lost().orElseThrow();

        assertEquals("postgres.history-lost", problem.code().code());
        assertTrue(problem.summary().contains("lost what had been committed: V3__table_3.sql."), problem::summary);
        assertTrue(problem.summary().contains("(timeline 1, was 7)"), problem::summary);
    }

    @Test
    void whatIsThereIsNotLost() {
        database.apply();

        assertEquals(Optional.empty(), lost());
    }

    @Test
    void aFileThatWasEditedSinceIsAnotherMigration() {
        loseTheLast();
        database.script("V3__table_3.sql", "CREATE TABLE other (id int);");

        assertEquals(Optional.empty(), lost());
    }

    private void loseTheLast() {
        database.apply();
        database.execute("DROP TABLE t3; DELETE FROM flyway_schema_history WHERE version = '3'");
    }

    private Optional<Diagnostic> lost() {
        try (Provider provider = database.provider()) {
            return ((LostCommitCheck) provider)
                    .lost(
                            TestDatabase.step(planned).change(),
                            recorded,
                            provider.refresh().get(0));
        }
    }

    private static MigrationResult applied(String script) {
        return MigrationResult.applied(script, Duration.ofSeconds(1)).on(7);
    }
}
