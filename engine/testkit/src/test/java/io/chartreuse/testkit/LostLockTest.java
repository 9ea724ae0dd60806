package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.lock.LockError;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A run cannot renew its lock for a while; another process takes it, or does not. */
class LostLockTest {

    private static final Duration OUTAGE = Duration.ofSeconds(42);

    private final InMemoryWorld world = new InMemoryWorld()
            .database("main", 5, 7)
            .database("reports", 1, 2)
            .order("reports", 1)
            .workload("web", 10, 3)
            .workload("worker", 0, 2);
    private final Scene scene = new Scene(world);

    private void when(Predicate<RunEvent> moment, Runnable action) {
        scene.parallelism = 1;
        scene.watch = event -> {
            if (moment.test(event)) {
                action.run();
            }
        };
    }

    private static Predicate<RunEvent> begun(String resource) {
        return event -> event instanceof RunEvent.StepBegun begun
                && begun.address().name().equals(resource);
    }

    private static Predicate<RunEvent> ended(String resource) {
        return event -> event instanceof RunEvent.StepEnded ended
                && ended.address().name().equals(resource);
    }

    private void takenByAnother() {
        scene.clock.advance(OUTAGE);
        Lease ours = scene.backend.read().orElseThrow();
        Lease theirs = new Lease(
                "the other run", scene.clock.instant(), scene.clock.instant(), ours.duration(), ours.version(), 1);
        try {
            scene.backend.write(theirs);
        } catch (VersionConflict e) {
            throw new AssertionError(e);
        }
    }

    private void assertLost(RunReport report) {
        assertEquals(
                LockError.LOST,
                report.problems().get(0).code(),
                report.problems().toString());
        assertEquals(
                1,
                report.problems().stream()
                        .filter(problem -> problem.code() == LockError.LOST)
                        .count(),
                report.problems().toString());
        assertEquals("the other run", scene.backend.read().orElseThrow().holder());
    }

    @Test
    void aWaitForWorkloadsToBeReadyEndsAtOnce() {
        world.awaitWith(started -> {
            takenByAnother();
            new CountDownLatch(1).await();
            return List.of();
        });

        assertLost(scene.apply(scene.plan()));
    }

    @Test
    void theMigrationUnderWayEndsAndNothingMoreBegins() {
        when(begun("main"), this::takenByAnother);
        Plan plan = scene.plan();
        RunReport report = scene.apply(plan);

        assertLost(report);
        assertEquals(ErrorType.UNRESTORED.exitCode(), report.exitCode(), "what it stopped is not back");
        assertEquals(1, world.revision("reports"), world.history().toString());
        assertEquals(0, world.replicas("web"));
        assertEquals(0, world.replicas("worker"));
        assertEquals(Outcome.RUNNING, scene.runs().get(0).outcome(), "the record is no longer ours to write");
    }

    @Test
    void noWorkloadIsStartedAfterTheLoss() {
        when(ended("reports"), this::takenByAnother);
        RunReport report = scene.apply(scene.plan());

        assertLost(report);
        assertEquals(ErrorType.UNRESTORED.exitCode(), report.exitCode());
        assertFalse(
                world.history().stream().anyMatch(entry -> entry.startsWith("start")),
                world.history().toString());
    }

    @Test
    void theStagesAfterTheOneInWhichItIsLostAreNotBegun() {
        when(begun("worker").and(event -> world.revision("main") == 7), this::takenByAnother);
        RunReport report = scene.apply(scene.plan());

        assertLost(report);
        assertEquals(0, world.replicas("web"));
    }

    @Test
    void aRunThatIsLostBeforeItStopsAnythingLeavesNothingDown() {
        when(event -> event instanceof RunEvent.RunBegun, this::takenByAnother);
        RunReport report = scene.apply(scene.plan());

        assertLost(report);
        assertEquals(ErrorType.EXTERNAL.exitCode(), report.exitCode());
        assertEquals(3, world.replicas("web"));
        assertEquals(2, world.replicas("worker"));
    }

    @Test
    void aRunWhoseLockNobodyTookGoesOnAfterTheOutage() {
        when(begun("main"), () -> scene.clock.advance(OUTAGE));
        RunReport report = scene.apply(scene.plan());

        assertTrue(report.succeeded(), report.problems().toString());
        assertEquals(7, world.revision("main"));
        assertEquals(2, world.revision("reports"));
        assertEquals(3, world.replicas("web"));
        assertEquals(2, world.replicas("worker"));
        assertEquals(
                List.of(Outcome.SUCCEEDED),
                scene.runs().stream().map(run -> run.outcome()).toList());
        assertTrue(scene.backend.read().isEmpty(), "the lock is given back");
    }

    @Test
    void theRunThatLostItsLockIsResumedOnceItIsFree() throws VersionConflict {
        when(ended("reports"), this::takenByAnother);
        Plan plan = scene.plan();
        scene.apply(plan);
        scene.backend.delete(scene.backend.read().orElseThrow());
        scene.watch = event -> {};

        assertTrue(scene.apply(plan).succeeded());
        assertEquals(3, world.replicas("web"));
        assertEquals(2, world.replicas("worker"));
    }
}
