package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alembic's migrations that meet locks of other sessions. */
@Timeout(120)
@SuppressWarnings("try")
class AlembicLockTest {

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;
    private final List<String> said = new CopyOnWriteArrayList<>();

    AlembicLockTest() {
        database.execute("GRANT pg_read_all_stats TO " + database.user);
        database.settings.put("lockTimeout", "300ms").put("lockRetryBudget", "60s");
        project.row("a").apply();
        project.revision("b", "\"a\"", "op.execute(\"ALTER TABLE a ADD x int\")");
    }

    @Test
    void anUpgradeIsTriedAgainUntilTheLockIsFree() throws Exception {
        Resource planned = project.refresh();
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE a IN ACCESS EXCLUSIVE MODE")) {
            Progress untilToldTwice = message -> {
                said.add(message);
                if (message.contains("(attempt 2)")) {
                    rival.commit();
                }
            };
            assertEquals(planned.desired(), database.converge(planned, untilToldTwice));
        }

        String told = said.stream()
                .filter(message -> message.contains("(attempt 1)"))
                .findFirst()
                .orElseThrow();
        assertTrue(told.contains("did not get its lock and was rolled back"), told);
        assertTrue(told.contains("holds AccessExclusiveLock on public.a"), told);
    }

    @Test
    void aBudgetThatIsSpentFailsTheUpgrade() {
        database.settings.put("lockRetryBudget", "0s");
        try (Rival rival = new Rival(database.name).execute("BEGIN; LOCK TABLE a")) {
            Diagnostic failure = Findings.thrown("postgres.lock-timeout", database::apply);

            assertTrue(failure.summary().contains("holds AccessExclusiveLock on public.a"), failure.summary());
        }
        assertEquals("a", database.query("SELECT version_num FROM alembic_version"));
    }
}
