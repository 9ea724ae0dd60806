package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import org.junit.jupiter.api.Test;

class AlembicOfflineTest {

    private final AlembicProject project = new AlembicProject();

    @Test
    void aProjectIsRecalledBeforeAndAfterAndWithMoreRevisions() {
        project.row("a", "b");
        assertEquals("2 migrations are pending", recalledAsItIs().reason());

        project.apply();
        Snapshot recorded = Recordings.taken(project.database);
        assertEquals("b", recorded.parts().get("revision"));
        assertTrue(recorded.parts().containsKey("table public.a"));
        assertEquals(project.refresh(), Recordings.recalled(project.database, recorded));
        project.row("a", "b", "c");
        Resource live = project.refresh();
        assertEquals(live, Recordings.recalled(project.database, recorded));
        assertTrue(Migration.pending(live.migrations()).get(0).sql().isPresent());
    }

    @Test
    void branchesAreRecalledWithoutRunningTheProjectsEnvironmentForThem() {
        project.row("a")
                .revision("b1", "\"a\"", AlembicProject.table("b1"))
                .revision("b2", "\"a\"", AlembicProject.table("b2"));
        project.file(
                "alembic.ini",
                project.read("alembic.ini").replace("[alembic]", "[alembic]\nrevision_environment = true"));
        project.apply();

        assertEquals("is at its target revision b1, b2", recalledAsItIs().reason());
    }

    @Test
    void aRevisionThatTheProjectHasNotIsAhead() {
        project.row("a", "b").apply();
        Snapshot recorded = Recordings.taken(project.database);
        project.database.execute("UPDATE alembic_version SET version_num = 'of_the_future'");
        Findings.only("postgres.ahead", recalledAsItIs().findings());

        project.migrations().put("target", "a");
        Findings.only(
                "postgres.ahead",
                Recordings.recalled(project.database, recorded).findings());
    }

    private Resource recalledAsItIs() {
        Resource live = project.refresh();

        assertEquals(live, Recordings.recalled(project.database, Recordings.taken(project.database)));
        return live;
    }
}
