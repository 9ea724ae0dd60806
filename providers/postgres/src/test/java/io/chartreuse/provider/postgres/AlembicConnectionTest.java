package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server fails while Alembic runs. */
@Timeout(300)
class AlembicConnectionTest {

    private static final String SLEEPING = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = 'chartreuse shop run-7' AND query LIKE '%pg_sleep%'";

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    @Test
    void anUpgradeWhoseConnectionIsLostIsBegunAgain() throws Exception {
        Resource planned = project.row("a")
                .revision("b", "\"a\"", AlembicProject.table("b") + "\nop.execute(\"SELECT pg_sleep(2)\")")
                .refresh();
        Underway run = new Underway(database, planned);
        run.await(() -> !database.query("SELECT count(*)" + SLEEPING).equals("0"));
        database.query("SELECT pg_terminate_backend(pid)" + SLEEPING);
        run.awaitSaid("the primary is found again");

        assertEquals(planned.desired(), run.ended());
        assertEquals("b", database.query("SELECT version_num FROM alembic_version"));
        assertTrue(database.hasTable("b"));
    }
}
