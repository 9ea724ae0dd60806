package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ApplyTest {

    private final InMemoryWorld world = new InMemoryWorld()
            .database("main", 5, 7)
            .workload("web", 10, 3)
            .workload("api", 5, 2)
            .workload("idle", 0, 0);
    private final Scene scene = new Scene(world);

    @Test
    void stagesRunInOrderAndWorkloadsComeBack() {
        RunReport report = scene.apply(scene.plan());
        assertTrue(report.succeeded(), () -> report.problems().toString());
        assertEquals(
                List.of("stop web", "stop api", "migrate main to 6", "migrate main to 7", "start api", "start web"),
                world.history());
    }

    @Test
    void aReleaseWithoutMigrationsTouchesNothing() {
        world.target("main", 5);
        Plan plan = scene.plan();
        assertTrue(plan.isEmpty());
        assertTrue(scene.apply(plan).run().isEmpty());
        assertEquals(List.of(), world.history());
        assertEquals(List.of(), scene.runs());
    }

    @Test
    void workloadsComeBackWhenNoDatabaseHasMoved() {
        world.failAt("main", 6);
        RunReport report = scene.apply(scene.plan());
        assertFalse(report.succeeded());
        assertEquals(1, report.exitCode());
        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
        assertEquals("main@5 api=2 idle=0 web=3", world.state());
    }

    @Test
    void workloadsComeBackWhenAStepRunsOutOfMemory() {
        world.awaitAt("main", 6, new CountDownLatch(1) {
            @Override
            public void await() {
                throw new OutOfMemoryError("Java heap space");
            }
        });
        RunReport report = scene.apply(scene.plan());
        assertEquals(List.of("apply.out-of-memory"), codes(report.problems()));
        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
        assertEquals("main@5 api=2 idle=0 web=3", world.state());
    }

    @Test
    void workloadsAreHeldWhenADatabaseHasMovedAndThePlanSaysSo() {
        world.failAt("main", 7);
        RunReport report = scene.apply(scene.plan());
        assertEquals(Optional.of(Recovery.HELD), report.run().flatMap(Run::recovery));
        assertEquals("main@6 api=0(stopped from 2) idle=0 web=0(stopped from 3)", world.state());
        assertTrue(
                codes(report.problems()).contains("apply.held"),
                () -> report.problems().toString());
    }

    @Test
    void workloadsComeBackAlthoughADatabaseHasMovedWhenThePlanSaysSo() {
        world.failAt("main", 7);
        scene.onFailure(OnFailure.RESTORE);
        RunReport report = scene.apply(scene.plan());
        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
        assertEquals("main@6 api=2 idle=0 web=3", world.state());
    }

    @Test
    void heldWorkloadsComeBackWithTheNextPlanThatSucceeds() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        world.failAt("main", 0);
        scene.apply(scene.plan());
        assertEquals("main@7 api=2 idle=0 web=3", world.state());
    }

    @Test
    void heldWorkloadsStayHeldWhenTheNextPlanFailsBeforeItMovesAnything() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        scene.apply(scene.plan());
        assertEquals("main@6 api=0(stopped from 2) idle=0 web=0(stopped from 3)", world.state());
    }

    @Test
    void restoreBringsBackWhatIsHeldAndTouchesNoDatabase() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        RunReport report = scene.apply(scene.plan(Intent.RESTORE));
        assertTrue(report.succeeded(), () -> report.problems().toString());
        assertEquals("main@6 api=2 idle=0 web=3", world.state());
    }

    @Test
    void theRestOfTheWorkloadsComesBackWhenOneCannot() {
        Plan plan = scene.plan();
        world.refuseToStart("api", true);
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Recovery.FAILED), report.run().flatMap(Run::recovery));
        assertTrue(codes(report.problems()).contains("apply.restore-failed"));
        assertEquals("main@7 api=0(stopped from 2) idle=0 web=3", world.state());
    }

    @Test
    void nothingIsStoppedWhenTheGateStaysClosed() {
        Plan plan = scene.plan();
        world.gate(false);
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Recovery.NONE), report.run().flatMap(Run::recovery));
        assertEquals(List.of(), world.history());
    }

    @Test
    void aStalePlanIsRefusedWithEverythingThatMoved() {
        Plan plan = scene.plan();
        world.moveTo("main", 6).recreate("web").workload("new", 0, 1);
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(ErrorType.STALE, refused.type());
        assertEquals(
                List.of(
                        "the plan is stale: memory.workload/new appeared since the plan was made",
                        "the plan is stale: memory.database/main revision was 5, is 6",
                        "the plan is stale: memory.database/main was {\"revision\":\"5\"}, is {\"revision\":\"6\"}",
                        "the plan is stale: memory.workload/web uid was 1, is 1'"),
                refused.diagnostics().stream().map(Diagnostic::summary).toList());
        assertEquals(List.of(), world.history());
        assertTrue(scene.backend.read().isEmpty(), "the lock is given back");
    }

    @Test
    void aPlanIsStaleWhenTheConfigurationChanged() {
        Plan plan = scene.plan();
        ChartreuseException refused = assertThrows(
                ChartreuseException.class,
                () -> scene.apply(plan, CrashSchedule.immortal(), Scene.RELEASE, "sha256:another"));
        assertEquals(ErrorType.STALE, refused.type());
    }

    @Test
    void aPlanOfAnotherReleaseIsRefused() {
        Plan plan = scene.plan();
        Release other = new Release("blog", Optional.empty());
        ChartreuseException refused = assertThrows(
                ChartreuseException.class,
                () -> scene.apply(plan, CrashSchedule.immortal(), other, Scene.CONFIGURATION));
        assertEquals(ErrorType.USER, refused.type());
        assertTrue(refused.getMessage().contains("blog"), refused.getMessage());
    }

    @Test
    void aPlanWhoseRunFailedIsSpent() {
        world.failAt("main", 6);
        Plan plan = scene.plan();
        scene.apply(plan);
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(List.of("apply.executed"), codes(refused.diagnostics()));
    }

    @Test
    void aRunThatIsAskedToStopRestoresWhatItStoppedAndCanBeResumed() {
        Plan plan = scene.plan();
        scene.watch = stopWhenEnded("memory.workload/web");
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Outcome.INTERRUPTED), report.run().map(Run::outcome));
        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
        assertEquals(List.of("stop web", "start web"), world.history());
        assertTrue(scene.backend.read().isEmpty(), "the lock is given back");
        scene.stop = new StopSignal(scene.clock);
        scene.watch = RunObserver.NONE;
        assertTrue(scene.apply(plan).succeeded());
        assertEquals("main@7 api=2 idle=0 web=3", world.state());
        assertEquals(1, scene.runs().size(), "it is the same run");
    }

    private RunObserver stopWhenEnded(String address) {
        return event -> {
            if (event instanceof RunEvent.StepEnded ended
                    && ended.address().toString().equals(address)) {
                scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
            }
        };
    }

    @Test
    void aStepThatHangsIsInterruptedWhenItsGraceIsOver() {
        world.hangAt("main", 6);
        Plan plan = scene.plan();
        scene.watch = stopAtOnceOnProgress();
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Outcome.INTERRUPTED), report.run().map(Run::outcome));
        assertEquals("main@5 api=2 idle=0 web=3", world.state());
    }

    @Test
    void workloadsAreHeldWhenAnInterruptedDatabaseHasMoved() {
        world.hangAt("main", 7);
        Plan plan = scene.plan();
        scene.watch = stopAtOnceOnProgress();
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Recovery.HELD), report.run().flatMap(Run::recovery));
        scene.stop = new StopSignal(scene.clock);
        scene.watch = RunObserver.NONE;
        world.hangAt("main", 0);
        assertTrue(scene.apply(plan).succeeded(), "the same plan goes on");
        assertEquals("main@7 api=2 idle=0 web=3", world.state());
    }

    @Test
    void workloadsAreHeldWhileAnInterruptedStepGoesOnAllTheSame() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        world.hangAt("main", 6).deaf(letGo);
        Plan plan = scene.plan();
        scene.watch = stopAtOnceOnProgress();
        Thread time = new Thread(() -> {
            while (letGo.getCount() > 0) {
                scene.clock.advance(Duration.ofMillis(100));
                LockSupport.parkNanos(100_000); // slow enough for the lock to be renewed meanwhile
            }
        });
        time.setDaemon(true);
        time.start();
        RunReport report = scene.apply(plan);
        letGo.countDown();
        assertEquals(Optional.of(Recovery.HELD), report.run().flatMap(Run::recovery));
        assertTrue(
                codes(report.problems()).contains("apply.still-running"),
                () -> report.problems().toString());
    }

    private RunObserver stopAtOnceOnProgress() {
        return event -> {
            if (event instanceof RunEvent.StepProgress progress
                    && world.hangs("main", Integer.parseInt(progress.message().split(" ")[1]))) {
                scene.stop.raise("SIGTERM", Duration.ZERO);
            }
        };
    }

    @Test
    void workloadsAreHeldWhenNobodyCanTellWhetherADatabaseMoved() {
        world.failAt("main", 6);
        Plan plan = scene.plan();
        scene.watch = event -> {
            if (event instanceof RunEvent.StepProgress) {
                world.unreadable(true);
            }
        };
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Recovery.HELD), report.run().flatMap(Run::recovery));
    }

    @Test
    void aSecondRunIsRefusedWhileALivingOneHoldsTheLock() throws VersionConflict {
        Plan plan = scene.plan();
        scene.backend.write(
                new Lease("the other run", scene.clock.instant(), scene.clock.instant(), Duration.ofSeconds(30), ""));
        scene.pause = this::passWhileTheOtherRenews;
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(ErrorType.LOCKED, refused.type());
        assertEquals(List.of(), world.history());
    }

    private void passWhileTheOtherRenews(Duration time) {
        scene.clock.advance(time);
        Lease lease = scene.backend.read().orElseThrow();
        try {
            scene.backend.write(new Lease(
                    lease.holder(), lease.acquiredAt(), scene.clock.instant(), lease.duration(), lease.version()));
        } catch (VersionConflict e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noMoreStepsRunAtOnceThanAsked() {
        for (int i = 0; i < 20; i++) {
            world.workload("w" + i, 10, 1);
        }
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        scene.parallelism = 3;
        scene.watch = event -> {
            if (event instanceof RunEvent.StepBegun) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
            } else if (event instanceof RunEvent.StepEnded) {
                running.decrementAndGet();
            }
        };
        assertTrue(scene.apply(scene.plan()).succeeded());
        assertTrue(most.get() <= 3, () -> most + " steps ran at once");
    }

    @Test
    void aRunThatADeadProcessLeftIsSupersededByANewerPlan() {
        Plan first = scene.plan();
        assertThrows(ProcessKilled.class, () -> scene.apply(first, CrashSchedule.after(8)));
        scene.clock.advance(Duration.ofMinutes(2));
        world.target("main", 8);
        assertTrue(scene.apply(scene.plan()).succeeded());
        assertEquals(
                List.of(Outcome.SUPERSEDED, Outcome.SUCCEEDED),
                scene.runs().stream().map(Run::outcome).toList());
        assertEquals("main@8 api=2 idle=0 web=3", world.state());
    }

    @Test
    void aRunIsNotResumedTowardsAnotherTarget() {
        Plan plan = scene.plan();
        assertThrows(ProcessKilled.class, () -> scene.apply(plan, CrashSchedule.after(8)));
        scene.clock.advance(Duration.ofMinutes(2));
        world.target("main", 8);
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(ErrorType.STALE, refused.type());
    }

    @Test
    void anEventIsToldForEachStep() {
        scene.apply(scene.plan());
        long ended = scene.events.stream()
                .filter(RunEvent.StepEnded.class::isInstance)
                .count();
        assertEquals(6, ended);
    }

    private static List<String> codes(List<Diagnostic> problems) {
        return problems.stream().map(problem -> problem.code().code()).toList();
    }
}
