package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is suspended while databases migrate is resumed, whatever becomes of them. */
class SafeguardTest {

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3).safeguard("failover");
    private final Scene scene = new Scene(world);

    @Test
    void itIsSuspendedForNoLongerThanTheMigrationsTake() {
        assertTrue(scene.apply(scene.plan()).succeeded());

        assertEquals(
                List.of(
                        "stop web",
                        "suspend failover",
                        "migrate main to 6",
                        "migrate main to 7",
                        "resume failover",
                        "start web"),
                world.history());
    }

    @Test
    void itIsLeftAloneWhereNothingMigrates() {
        world.target("main", 5);

        assertTrue(scene.plan().isEmpty());
    }

    @Test
    void itIsResumedAlsoWhereADeploymentFollows() {
        assertTrue(scene.apply(scene.plan(Intent.MIGRATE)).succeeded());

        assertEquals("main@7 web=0(stopped from 3) failover on", world.state());
    }

    @Test
    void itIsResumedAlsoWhereWorkloadsAreHeld() {
        world.failAt("main", 7);
        RunReport report = scene.apply(scene.plan());

        assertEquals(Optional.of(Recovery.HELD), report.run().flatMap(Run::recovery));
        assertEquals("main@6 web=0(stopped from 3) failover on", world.state());
    }

    @Test
    void itIsResumedAlsoWhereThereAreNoWorkloads() {
        InMemoryWorld bare =
                new InMemoryWorld().database("main", 5, 7).safeguard("failover").failAt("main", 7);
        Scene other = new Scene(bare);
        RunReport report = other.apply(other.plan());

        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
        assertEquals("main@6 failover on", bare.state());
    }

    @Test
    void whatADeadRunLeftSuspendedIsResumedByARestore() {
        killedInMidMigration();
        assertTrue(scene.apply(scene.plan(Intent.RESTORE)).succeeded());

        assertEquals("main@6 web=3 failover on", world.state());
    }

    @Test
    void whatADeadRunLeftSuspendedIsResumedByTheNext() {
        killedInMidMigration();
        assertTrue(scene.apply(scene.plan()).succeeded());

        assertEquals("main@7 web=3 failover on", world.state());
    }

    @Test
    void whatADeadRunLeftSuspendedIsResumedThoughNothingIsPendingAnyMore() {
        killedInMidMigration();
        world.moveTo("main", 7);
        Plan plan = scene.plan(Intent.MIGRATE);
        assertTrue(scene.apply(plan).succeeded());

        assertTrue(world.state().contains("failover on"), world::state);
    }

    @Test
    void whatCannotBeResumedIsSaidAndKeepsNoWorkloadBack() {
        world.refuseToResume("failover", true);
        RunReport report = scene.apply(scene.plan());

        assertFalse(report.succeeded());
        assertEquals(6, report.exitCode());
        assertEquals("main@7 web=3 failover suspended", world.state());
        world.refuseToResume("failover", false);
        assertTrue(scene.apply(scene.plan(Intent.RESTORE)).succeeded());
        assertEquals("main@7 web=3 failover on", world.state());
    }

    /** Behind the suspension and the first migration. */
    private void killedInMidMigration() {
        int touches = 0;
        while (!world.history().contains("migrate main to 6")) {
            int count = ++touches;
            Plan plan = scene.plan();
            assertThrows(Killed.class, () -> scene.apply(plan, Mortality.after(count)));
            scene.clock.advance(Duration.ofMinutes(5));
        }
    }
}
