package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.ApplyError;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others do to what a run holds stopped is on record, is no downtime, and can end the run. */
@Timeout(60)
class MaintenanceWatchTest {

    private static final Address WEB = Address.parse("memory.workload/web");
    private static final Address MAIN = Address.parse("memory.database/main");

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3);
    private final Scene scene = new Scene(world);

    @Test
    void itIsOnRecordWithTheTimesBetweenWhichItRanAndDoesNotCountAsDowntime() {
        CountDownLatch told = new CountDownLatch(1);
        world.watchedBy((step, found) -> {
            scene.clock.advance(Duration.ofSeconds(10));
            found.putBack("was put back to 3 replicas by field manager \"argocd\": it is stopped again");
            scene.clock.advance(Duration.ofSeconds(100));
            found.still("stands still again");
            scene.clock.advance(Duration.ofSeconds(5));
            told.countDown();
            new CountDownLatch(1).await();
        });
        scene.watch = atMigration(told);
        Plan plan = scene.plan();
        RunReport report = scene.apply(plan);

        assertTrue(report.succeeded(), report.problems()::toString);
        assertEquals(0, report.exitCode());
        Diagnostic warning = report.problems().get(0);
        assertEquals(ApplyError.DISTURBED, warning.code());
        assertFalse(warning.isError());
        assertTrue(warning.summary().contains("field manager \"argocd\""), warning.summary());
        Run run = report.run().orElseThrow();
        assertEquals(
                List.of(ReadinessState.PUT_BACK, ReadinessState.STOPPED),
                run.entries().stream()
                        .filter(entry -> entry.address().equals(Optional.of(WEB)))
                        .filter(entry -> entry.step().isEmpty())
                        .flatMap(entry -> entry.standing().stream())
                        .toList());
        Downtime down = Downtime.of(plan, run).get(0);
        assertTrue(down.putBack());
        assertEquals(Duration.ofSeconds(15), down.total());
        assertTrue(
                scene.events.stream()
                        .anyMatch(event -> event instanceof RunEvent.Note note
                                && note.message().startsWith("memory.workload/web was put back to 3 replicas")),
                "it is said at once");
    }

    @Test
    void aRunThatMustEndForItCancelsItsMigrationAndBringsWorkloadsBack() {
        world.hangAt("main", 6);
        CountDownLatch migrating = new CountDownLatch(1);
        world.watchedBy((step, found) -> {
            migrating.await();
            found.putBack("was put back: the run ends");
            throw failure();
        });
        scene.watch = event -> {
            if (event instanceof RunEvent.StepBegun begun && begun.address().equals(MAIN)) {
                migrating.countDown();
            }
        };
        RunReport report = scene.apply(scene.plan());

        assertEquals(1, report.exitCode());
        Run run = report.run().orElseThrow();
        assertEquals(Outcome.FAILED, run.outcome());
        assertEquals(Optional.of(Recovery.RESTORED), run.recovery());
        assertEquals("main@5 web=3", world.state());
        assertEquals("web is put back for ever", report.problems().get(0).summary());
        assertEquals(Optional.of(WEB), report.problems().get(0).address());
        assertTrue(
                report.problems().stream().noneMatch(problem -> problem.code() == ApplyError.INTERRUPTED),
                report.problems()::toString);
    }

    @Test
    void noMigrationBeginsAfterwardsAndTheHeldWorkloadThatRunsIsNamedSo() {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        world.watchedBy((step, found) -> {
            first.await();
            found.putBack("was put back: the run ends");
            throw failure();
        });
        scene.watch = event -> {
            if (event instanceof RunEvent.MigrationEnded) {
                first.countDown();
                awaitedUnlessInterrupted(ended);
            }
        };
        RunReport report = scene.onFailure(OnFailure.HOLD).apply(scene.plan());

        assertEquals(1, report.exitCode());
        assertEquals(Optional.of(Recovery.HELD), report.run().orElseThrow().recovery());
        assertEquals("main@6 web=0(stopped from 3)", world.state());
        assertTrue(
                report.problems().stream()
                        .anyMatch(problem -> problem.code() == ApplyError.HELD
                                && problem.summary()
                                        .endsWith("others put them back, and they run: memory.workload/web")),
                report.problems()::toString);
    }

    @Test
    void nobodyWatchesAnyMoreWhenWorkloadsComeBack() {
        CountDownLatch watched = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        world.watchedBy((step, found) -> {
            watched.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                over.countDown();
            }
        });
        List<Long> left = new ArrayList<>();
        scene.watch = event -> {
            if (event instanceof RunEvent.StageBegun begun) {
                if (begun.stage().name() == StageName.MIGRATE) {
                    awaitedUnlessInterrupted(watched);
                } else if (begun.stage().name() == StageName.RESTORE) {
                    left.add(over.getCount());
                }
            }
        };

        assertTrue(scene.apply(scene.plan()).succeeded());
        assertEquals(List.of(0L), left);
    }

    @Test
    void nobodyWatchesAnyMoreWhenARunEndsThatLeavesStartingToTheDeployment() {
        CountDownLatch watched = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        world.watchedBy((step, found) -> {
            watched.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                over.countDown();
            }
        });
        scene.watch = atMigration(watched);

        assertTrue(scene.apply(scene.plan(Intent.MIGRATE)).succeeded());
        assertEquals(0, over.getCount());
    }

    @Test
    void aWatchThatFailsUnexpectedlyEndsNoRun() {
        world.watchedBy((step, found) -> {
            throw new IllegalStateException("out of order");
        });

        RunReport report = scene.apply(scene.plan());

        assertTrue(report.succeeded(), report.problems()::toString);
        assertEquals(
                List.of(),
                report.run().orElseThrow().entries().stream()
                        .filter(entry -> entry.standing().equals(Optional.of(ReadinessState.PUT_BACK)))
                        .map(Entry::message)
                        .toList());
    }

    private RunObserver atMigration(CountDownLatch awaited) {
        return event -> {
            if (event instanceof RunEvent.StepBegun begun && begun.address().equals(MAIN)) {
                awaitedUnlessInterrupted(awaited);
            }
        };
    }

    private static ChartreuseException failure() {
        return new ChartreuseException(Diagnostic.error(
                InMemoryProvider.Failure.START, "web is put back for ever", "keep it from being put back"));
    }

    private static void awaitedUnlessInterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
