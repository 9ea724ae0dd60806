package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is suspended while databases migrate is resumed, whatever becomes of them. */
class SafeguardTest {

    private static final Address MAIN = Address.parse("memory.database/main");

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

        assertEquals(Optional.of(Recovery.NONE), report.run().flatMap(Run::recovery), "no workload was restored");
        assertTrue(report.problems().stream()
                .noneMatch(problem -> problem.summary().contains("workload")));
        assertEquals(
                "memory.database/main moved; what was suspended is resumed",
                report.run().orElseThrow().entries().stream()
                        .filter(entry -> entry.event() == Event.RECOVERY_BEGUN)
                        .findFirst()
                        .orElseThrow()
                        .message());
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
        assertEquals(1, report.exitCode(), "all workloads are back");
        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
        assertEquals("main@7 web=3 failover suspended", world.state());
        world.refuseToResume("failover", false);
        assertTrue(scene.apply(scene.plan(Intent.RESTORE)).succeeded());
        assertEquals("main@7 web=3 failover on", world.state());
    }

    @Test
    void whatCannotBeResumedAfterAFailureIsNoStoppedWorkload() {
        InMemoryWorld bare =
                new InMemoryWorld().database("main", 5, 7).safeguard("failover").failAt("main", 7);
        Scene other = new Scene(bare.refuseToResume("failover", true));
        RunReport report = other.apply(other.plan());

        assertEquals(1, report.exitCode());
        assertEquals(Optional.of(Recovery.NONE), report.run().flatMap(Run::recovery));
        assertEquals(
                List.of("migration 7 of main failed", "failover cannot be resumed"),
                report.problems().stream()
                        .filter(Diagnostic::isError)
                        .map(Diagnostic::summary)
                        .toList());
    }

    @Test
    void whereADeploymentWouldFollowAFailedResumptionLeavesItsWorkloadsStoppedAndSaysSo() {
        world.refuseToResume("failover", true);
        RunReport report = scene.apply(scene.plan(Intent.MIGRATE));

        assertEquals(6, report.exitCode(), "no deployment follows on a run that failed");
        assertEquals("main@7 web=0(stopped from 3) failover suspended", world.state());
    }

    @Test
    void whatStandsInTheWayIsTakenBackBeforeTheWorldIsRead() {
        Plan plan = scene.plan();
        List<String> heard = new ArrayList<>();
        scene.watch = event -> {
            if (event instanceof RunEvent.Note note) {
                heard.add(note.message());
            }
        };
        world.unblockedBy(progress -> progress.report("nobody leads"));

        assertTrue(scene.apply(plan).succeeded());
        assertEquals("nobody leads", heard.get(0));
    }

    @Test
    void aRestoreTakesNothingBackBesideItsSteps() {
        killedInMidMigration();
        world.unblockedBy(progress -> {
            throw new AssertionError("asked");
        });

        assertTrue(scene.apply(scene.plan(Intent.RESTORE)).succeeded());
    }

    @Test
    @Timeout(30)
    void itIsLookedAfterWhileDatabasesMigrateAndWhatIsSeenIsOnRecord() {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        world.guardedBy((suspended, progress) -> {
            progress.report("the leader is gone");
            seen.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                over.countDown();
            }
        });
        List<Long> guardedAtResume = new ArrayList<>();
        scene.watch = event -> {
            if (event instanceof RunEvent.StepBegun begun && begun.address().equals(MAIN)) {
                awaited(seen);
            } else if (event instanceof RunEvent.StageBegun stage
                    && stage.stage().name() == StageName.RESUME) {
                guardedAtResume.add(over.getCount());
            }
        };
        RunReport report = scene.apply(scene.plan());

        assertTrue(report.succeeded(), report.problems()::toString);
        assertEquals(List.of(0L), guardedAtResume, "who looks after it has ended before it is resumed");
        assertTrue(report.run().orElseThrow().entries().stream()
                .anyMatch(entry -> entry.event() == Event.WITNESSED
                        && entry.address().orElseThrow().name().equals("failover")
                        && entry.message().equals("the leader is gone")));
    }

    @Test
    @Timeout(30)
    void whoFailsToLookAfterItEndsNoRun() {
        CountDownLatch failed = new CountDownLatch(1);
        world.guardedBy((suspended, progress) -> {
            throw new IllegalStateException("out of order");
        });
        scene.watch = event -> {
            if (event instanceof RunEvent.Note note && note.message().contains("out of order")) {
                failed.countDown();
            } else if (event instanceof RunEvent.StepBegun begun
                    && begun.address().equals(MAIN)) {
                awaited(failed);
            }
        };

        assertTrue(scene.apply(scene.plan()).succeeded());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Behind the suspension and the first migration. */
    private void killedInMidMigration() {
        int touches = 0;
        while (!world.history().contains("migrate main to 6")) {
            int count = ++touches;
            Plan plan = scene.plan();
            assertThrows(ProcessKilled.class, () -> scene.apply(plan, CrashSchedule.after(count)));
            scene.clock.advance(Duration.ofMinutes(5));
        }
    }
}
