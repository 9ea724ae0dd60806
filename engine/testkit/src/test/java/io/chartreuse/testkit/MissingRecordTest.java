package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.ApplyError;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.lock.LockError;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What stands in the way of the record does not keep workloads stopped. */
class MissingRecordTest {

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3).workload("worker", 0, 2);
    private final Scene scene = new Scene(world);

    private void whenMainMigrates(Runnable action) {
        scene.parallelism = 1;
        scene.watch = event -> {
            if (event instanceof RunEvent.StepBegun begun
                    && begun.address().name().equals("main")) {
                action.run();
            }
        };
    }

    private Artifact record() {
        List<Artifact> runs = scene.backend.journal().list();
        return runs.get(runs.size() - 1);
    }

    private void assertAllIsBack() {
        assertEquals(3, world.replicas("web"));
        assertEquals(2, world.replicas("worker"));
    }

    private void leaveStopped() {
        world.failAt("main", 7);
        assertFalse(scene.apply(scene.plan()).succeeded());
        assertEquals(0, world.replicas("web"));
    }

    @Test
    void aRecordThatIsRemovedWhileADatabaseMigratesIsWrittenAnew() {
        whenMainMigrates(() -> scene.backend.journal().delete(record().id()));
        RunReport report = scene.apply(scene.plan());

        assertTrue(report.succeeded(), report.problems().toString());
        assertAllIsBack();
        Run run = scene.runs().get(0);
        assertEquals(Outcome.SUCCEEDED, run.outcome());
        assertEquals(report.run().orElseThrow().entries(), run.entries(), "no entry is missing");
    }

    @Test
    void aRecordThatWasOnlyTouchedIsWrittenOn() {
        whenMainMigrates(() -> write(record()));
        assertTrue(scene.apply(scene.plan()).succeeded());
        assertAllIsBack();
    }

    @Test
    void aRecordThatSomebodyChangedKeepsNoWorkloadStopped() {
        whenMainMigrates(() -> {
            Artifact ours = record();
            write(new Artifact(
                    ours.id(),
                    ours.release(),
                    ours.formatVersion(),
                    ours.createdAt(),
                    ours.content().replace("ada", "eve"),
                    ours.version()));
        });
        RunReport report = scene.apply(scene.plan());

        assertAllIsBack();
        assertEquals(1, report.exitCode());
        List<Diagnostic> problems = report.problems();
        assertEquals(
                ApplyError.RUN_TAKEN_OVER, problems.get(problems.size() - 1).code(), problems.toString());
    }

    private void write(Artifact artifact) {
        try {
            scene.backend.journal().write(artifact);
        } catch (VersionConflict e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRestoreNeedsNoNewObject() {
        leaveStopped();
        scene.backend.roomForRuns(0).readOnly(true);
        RunReport report = scene.apply(scene.plan(Intent.RESTORE));

        assertAllIsBack();
        assertEquals(1, report.exitCode(), "that it is not on record is said");
        assertEquals(ApplyError.UNRECORDED, report.problems().get(0).code());
        assertEquals(1, scene.runs().size());
    }

    @Test
    void aRestoreGoesOnWithoutALockThatNobodyHoldsAndThatCannotBeTaken() {
        leaveStopped();
        scene.backend.refuseLock(true);
        RunReport report = scene.apply(scene.plan(Intent.RESTORE));

        assertAllIsBack();
        assertTrue(report.succeeded(), report.problems().toString());
        Diagnostic complaint = report.problems().get(0);
        assertEquals(LockError.UNAVAILABLE, complaint.code());
        assertTrue(complaint.summary().contains("the lease may not be written"), complaint.summary());
    }

    @Test
    void aRestoreGoesOnWhereWhatStandsInTheLocksPlaceCannotBeRead() {
        leaveStopped();
        scene.backend.hideLock(true);
        Plan restore = scene.plan(Intent.RESTORE);
        Instant begun = scene.clock.instant();
        RunReport report = scene.apply(restore);

        assertAllIsBack();
        assertTrue(report.succeeded(), report.problems().toString());
        Diagnostic complaint = report.problems().get(0);
        assertEquals(LockError.UNAVAILABLE, complaint.code());
        assertTrue(complaint.summary().contains("not a lease of Chartreuse"), complaint.summary());
        assertFalse(
                scene.clock.instant().isBefore(begun.plus(LockRequest.DEFAULT_DURATION)),
                "a run that holds it may go on for so long");
    }

    @Test
    void whatStopsWorkloadsDoesNotBeginWhereTheLockCannotBeRead() {
        Plan plan = scene.plan();
        scene.backend.hideLock(true);
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));

        assertEquals("what is there is not a lease of Chartreuse", refused.getMessage());
        assertAllIsBack();
    }

    @Test
    void aRestoreWaitsOutADeadHolderWhoseLockItCannotTake() throws VersionConflict {
        leaveStopped();
        scene.backend.write(lease("somebody who died"));
        scene.backend.refuseLock(true);

        assertTrue(scene.apply(scene.plan(Intent.RESTORE)).succeeded());
        assertAllIsBack();
    }

    @Test
    void aRestoreWithoutALockEndsWhenAnotherRunTakesIt() {
        leaveStopped();
        scene.backend.refuseLock(true);
        scene.parallelism = 1;
        scene.watch = event -> {
            if (event instanceof RunEvent.StepEnded) {
                scene.clock.advance(Duration.ofSeconds(2));
                takeLock("another run");
            }
        };
        RunReport report = scene.apply(scene.plan(Intent.RESTORE));

        assertEquals(6, report.exitCode());
        assertEquals(LockError.LOST, report.problems().get(0).code());
        assertEquals(0, world.replicas("web"), "the other run may have stopped it");
    }

    @Test
    void whatStopsWorkloadsNeedsTheLock() {
        scene.backend.refuseLock(true);
        Plan plan = scene.plan();
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));

        assertEquals("the lease may not be written", refused.getMessage());
        assertAllIsBack();
    }

    private void takeLock(String holder) {
        scene.backend.refuseLock(false);
        try {
            scene.backend.write(lease(holder));
        } catch (VersionConflict held) {
            // it has it already
        }
    }

    private Lease lease(String holder) {
        return new Lease(holder, scene.clock.instant(), scene.clock.instant(), Duration.ofSeconds(30), "");
    }

    @Test
    void aRecoveryThatADeadProcessBeganGoesOnWithoutARecord() {
        scene.parallelism = 1;
        world.failAt("main", 6);
        Plan plan = scene.plan();
        CrashSchedule process = CrashSchedule.immortal();
        AtomicBoolean recovering = new AtomicBoolean();
        scene.watch = event -> {
            recovering.compareAndSet(false, event instanceof RunEvent.RecoveryBegun);
            if (recovering.get() && event instanceof RunEvent.StepBegun) {
                throw new ProcessKilled();
            }
        };
        try {
            scene.apply(plan, process);
        } catch (ProcessKilled death) {
            scene.watch = event -> {};
        }
        assertEquals(0, world.replicas("web"));

        scene.backend.roomForRuns(0);
        RunReport report = scene.apply(plan);

        assertAllIsBack();
        assertEquals(1, report.exitCode());
    }
}
