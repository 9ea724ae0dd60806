package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several databases of a release: side by side, one after another, and what becomes of the rest when one fails. */
@Timeout(60)
class TogetherTest {

    private final CountDownLatch failed = new CountDownLatch(1);
    private final InMemoryWorld world =
            new InMemoryWorld().database("a", 0, 1).database("b", 0, 3).workload("web", 10, 3);
    private final Scene scene = new Scene(world);

    @Test
    void databasesOfAHigherOrderComeLater() {
        world.order("a", 1).database("c", 0, 1).order("c", 2);
        assertTrue(scene.apply(scene.plan()).succeeded());
        assertEquals(
                List.of(
                        "stop web",
                        "migrate b to 1",
                        "migrate b to 2",
                        "migrate b to 3",
                        "migrate a to 1",
                        "migrate c to 1",
                        "start web"),
                world.history());
    }

    @Test
    void aFailureLetsTheOthersEndTheMigrationThatTheyAreAt() {
        RunReport report = scene.apply(whereAFailsWhileBIsAt(2));
        assertEquals("a@0 b@2 web=0(stopped from 3)", world.state());
        assertEquals(Optional.of(Outcome.FAILED), report.run().map(Run::outcome));
        Entry stopped = last("memory.database/b");
        assertEquals(Optional.of(StepOutcome.INTERRUPTED), stopped.outcome());
        assertEquals(
                "memory.database/b stopped before V3.sql, at revision 2 (memory.database/a failed)", stopped.message());
        assertTrue(
                codes(report).contains("apply.stopped-early"),
                () -> codes(report).toString());
    }

    @Test
    void whatTheOthersHaveDoneMeanwhileCountsForTheRecovery() {
        RunReport report = scene.apply(whereAFailsWhileBIsAt(2));
        assertEquals(Optional.of(Recovery.HELD), report.run().flatMap(Run::recovery));
    }

    @Test
    void whatDependsOnAFailedOneIsNeverBegunAndThatIsOnRecord() {
        world.database("c", 0, 1)
                .order("c", 1)
                .database("d", 0, 1)
                .order("d", 2)
                .failAt("a", 1);
        world.target("b", 0);
        RunReport report = scene.apply(scene.plan());
        assertEquals("a@0 b@0 c@0 d@0 web=3", world.state());
        assertEquals(List.of(Event.STEP_SKIPPED), events("memory.database/c"));
        assertEquals("memory.database/a failed", last("memory.database/d").message());
        Diagnostic told = report.problems().stream()
                .filter(problem -> problem.code().code().equals("apply.not-begun"))
                .findFirst()
                .orElseThrow();
        assertEquals("memory.database/c, memory.database/d were not begun (memory.database/a failed)", told.summary());
    }

    @Test
    void whatWaitsForAFreeThreadIsNotBegunAfterAFailure() {
        world.failAt("a", 1);
        scene.parallelism = 1;
        scene.apply(scene.plan());
        assertEquals("a@0 b@0 web=3", world.state());
        assertEquals(List.of(Event.STEP_SKIPPED), events("memory.database/b"));
    }

    @Test
    void aRunThatIsToldToEndEndsTheMigrationThatItIsAtWithinItsGrace() {
        world.target("a", 0).awaitAt("b", 2, failed);
        Plan plan = scene.plan();
        scene.watch = event -> {
            if (isProgress(event, "memory.database/b", "migration 2 of 3")) {
                scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
                failed.countDown();
            }
        };
        RunReport report = scene.apply(plan);
        assertEquals(Optional.of(Outcome.INTERRUPTED), report.run().map(Run::outcome));
        assertEquals(2, world.revision("b"));
        assertEquals(
                "memory.database/b stopped before V3.sql, at revision 2 (SIGTERM)",
                last("memory.database/b").message());
        scene.stop = new StopSignal(scene.clock);
        scene.watch = RunObserver.NONE;
        assertTrue(scene.apply(plan).succeeded(), "the same plan goes on");
        assertEquals("a@0 b@3 web=3", world.state());
    }

    @Test
    void aRunThatIsToldToEndBeforeItsDatabasesSaysThatTheyWereNotBegun() {
        Plan plan = scene.plan();
        scene.watch = event -> {
            if (event instanceof RunEvent.StepEnded ended
                    && ended.address().toString().equals("memory.workload/web")) {
                scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
            }
        };
        scene.apply(plan);
        assertEquals("the run was stopped", last("memory.database/a").message());
        scene.stop = new StopSignal(scene.clock);
        scene.watch = RunObserver.NONE;
        assertTrue(scene.apply(plan).succeeded());
    }

    /** Both are under way at once: a fails when b is in the midst of that migration, and b goes on after that. */
    private Plan whereAFailsWhileBIsAt(int revision) {
        CountDownLatch begun = new CountDownLatch(1);
        world.failAt("a", 1).awaitAt("a", 1, begun).awaitAt("b", revision, failed);
        scene.watch = event -> {
            if (isProgress(event, "memory.database/b", "migration " + revision + " of 3")) {
                begun.countDown();
            }
            if (event instanceof RunEvent.StepEnded ended
                    && ended.address().toString().equals("memory.database/a")) {
                failed.countDown();
            }
        };
        return scene.plan();
    }

    private static boolean isProgress(RunEvent event, String address, String message) {
        return event instanceof RunEvent.StepProgress progress
                && progress.address().toString().equals(address)
                && progress.message().equals(message);
    }

    private List<Event> events(String address) {
        return entries(address).stream().map(Entry::event).toList();
    }

    private Entry last(String address) {
        List<Entry> entries = entries(address);
        return entries.get(entries.size() - 1);
    }

    private List<Entry> entries(String address) {
        return scene.runs().get(0).entries().stream()
                .filter(entry -> entry.address()
                        .filter(one -> one.toString().equals(address))
                        .isPresent())
                .toList();
    }

    private static List<String> codes(RunReport report) {
        return report.problems().stream().map(problem -> problem.code().code()).toList();
    }
}
