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

/** What the report says of each migration as it ends. */
class MigrationResultsTest {

    private final TestDatabase database = new TestDatabase();
    private final List<String> results = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void report(String message) {}

        @Override
        public void ended(MigrationResult result) {
            boolean isThere = database.query("SELECT count(*) FROM flyway_schema_history WHERE success AND script = '"
                            + result.script() + "'")
                    .equals("1");
            results.add(result.script() + " " + result.outcome().word()
                    + (result.took().isPresent() ? "" : " before")
                    + (isThere ? " and committed" : ""));
        }
    };

    @Test
    void aMigrationIsToldAsAppliedOnceItIsCommitted() throws InterruptedException {
        database.tables(2).script("V3__index.sql", "CREATE INDEX CONCURRENTLY i1 ON t1 (id);");

        database.converge(database.refresh(), progress);

        assertEquals(
                List.of(
                        "V1__table_1.sql applied and committed",
                        "V2__table_2.sql applied and committed",
                        "V3__index.sql applied and committed"),
                results);
    }

    @Test
    void theOneThatFailedIsToldAfterThoseThatAreApplied() {
        database.tables(1).script("V2__broken.sql", "SELECT nonsense;").script("V3__later.sql", "SELECT 1;");
        Resource planned = database.refresh();

        assertThrows(ChartreuseException.class, () -> database.converge(planned, progress));

        assertEquals(List.of("V1__table_1.sql applied and committed", "V2__broken.sql failed"), results);
    }

    @Test
    void whatADeadProcessHadAppliedIsFound() throws InterruptedException {
        Resource planned = database.tables(3).refresh();
        database.migrations().put("target", "2");
        database.apply();
        database.migrations().remove("target");

        database.converge(planned, progress);

        assertEquals(
                List.of(
                        "V1__table_1.sql applied before and committed",
                        "V2__table_2.sql applied before and committed",
                        "V3__table_3.sql applied and committed"),
                results);
    }
}
