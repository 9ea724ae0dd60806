package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Migration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts that are read in parts, on a real server. */
class LargeScriptTest {

    private static final int ROWS = 500;

    private final TestDatabase database = new TestDatabase();

    private static String script() {
        StringBuilder script = new StringBuilder("CREATE TABLE large (id int, text text);\n");
        for (int i = 0; i < ROWS; i++) {
            script.append("INSERT INTO large VALUES (")
                    .append(i)
                    .append(", '")
                    .append("it''s; ".repeat(700))
                    .append("');\n");
        }
        return script + "UPDATE large SET text = '${ending}' WHERE id = 0;\n";
    }

    @BeforeEach
    void furnish() {
        database.script("V1__large.sql", script());
        database.migrations().putObject("placeholders").put("ending", "the end");
    }

    @Test
    void itsSqlIsReadInPiecesWithPlaceholdersReplaced() {
        Migration migration = database.refresh().migrations().get(0);
        LargeSql sql = migration.largeSql().orElseThrow();
        List<String> pieces = new ArrayList<>();
        sql.read(pieces::add);

        String all = String.join("", pieces);
        assertTrue(migration.transactional());
        assertTrue(pieces.size() > 1, "in one piece");
        assertEquals(script().replace("${ending}", "the end"), all);
        assertEquals(all.length(), sql.bytes());
    }

    @Test
    void itIsAppliedToItsLastStatement() {
        database.apply();

        assertEquals(String.valueOf(ROWS), database.query("SELECT count(*) FROM large"));
        assertEquals("the end", database.query("SELECT text FROM large WHERE id = 0"));
        assertEquals("t", database.query("SELECT success FROM flyway_schema_history WHERE version = '1'"));
    }
}
