package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a run waits for when all is started again. */
class ReadinessTest {

    private static final Address WEB = new Address("memory.workload", "web");

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 1, 2).workload("web", 10, 3).workload("api", 0, 2);
    private final Scene scene = new Scene(world);
    private final List<String> waits = new ArrayList<>();

    private static Diagnostic unready(String workload) {
        return Diagnostic.error(InMemoryProvider.Failure.GATE, workload + " is not ready: 0 of 3 pods ready", "look")
                .about(new Address("memory.workload", workload));
    }

    /** All are ready in the end, the first part of each a second earlier. */
    private List<Diagnostic> getReady(Map<Step, Progress> started) {
        waits.add(world.state());
        scene.clock.advance(Duration.ofSeconds(4));
        started.values().forEach(progress -> progress.stands(ReadinessState.PARTLY_READY, "1 of 3 pods ready"));
        scene.clock.advance(Duration.ofSeconds(1));
        started.values().forEach(progress -> progress.stands(ReadinessState.READY, "3 of 3 pods ready"));
        return List.of();
    }

    private List<Diagnostic> fail(Map<Step, Progress> started) {
        waits.add(world.state());
        return List.of(unready("web"));
    }

    @Test
    void allIsAwaitedAtOnceWhenTheLastWorkloadIsStarted() {
        world.awaitWith(this::getReady);

        RunReport report = scene.apply(scene.plan());

        assertTrue(report.succeeded(), () -> report.problems().toString());
        assertEquals(List.of("main@2 api=2 web=3"), waits);
    }

    @Test
    void downtimeIsMeasuredUntilTheFirstPartAndUntilAllIsReady() {
        world.awaitWith(this::getReady);
        Plan plan = scene.plan();

        Run run = scene.apply(plan).run().orElseThrow();

        Downtime web = Downtime.of(plan, run).get(0);
        assertEquals(WEB, web.address());
        assertEquals(Optional.empty(), web.since());
        assertEquals(web.total().plusSeconds(4), web.untilFirstReady().orElseThrow());
        assertEquals(web.total().plusSeconds(5), web.untilReady().orElseThrow());
        assertEquals(Downtime.of(plan, run), scene.runs().get(0).evidence().downtimes());
    }

    @Test
    void aWorkloadThatDoesNotGetReadyFailsTheRunAndStaysStarted() {
        world.awaitWith(this::fail);

        RunReport report = scene.apply(scene.plan());

        assertEquals(1, report.exitCode());
        assertEquals(List.of(unready("web")), report.problems());
        Run run = scene.runs().get(0);
        assertEquals(Outcome.FAILED, run.outcome());
        assertEquals(Optional.of(Recovery.RESTORED), run.recovery());
        assertEquals("main@2 api=2 web=3", world.state());
        assertTrue(
                scene.events.stream()
                        .anyMatch(event -> event instanceof RunEvent.Readied end
                                && !end.ready()
                                && end.address().equals(WEB)),
                scene.events::toString);
    }

    @Test
    void theNextPlanAfterThatFindsNothingToDo() {
        world.awaitWith(this::fail);
        scene.apply(scene.plan());
        List<String> history = world.history();

        assertTrue(scene.plan().isEmpty());
        assertTrue(scene.plan(Intent.RESTORE).isEmpty());
        assertEquals(history, world.history());
    }

    @Test
    void theFailureOfAMigrationIsSaidBeforeWhatIsNotReadyAfterTheRecovery() {
        world.failAt("main", 2).awaitWith(this::fail);

        RunReport report = scene.apply(scene.plan());

        assertEquals(
                List.of("migration 2 of main failed", "web is not ready: 0 of 3 pods ready"),
                report.problems().stream().map(Diagnostic::summary).toList());
        assertEquals(Optional.of(Recovery.RESTORED), report.run().flatMap(Run::recovery));
    }

    @Test
    void whereAWorkloadCannotBeStartedNothingIsAwaited() {
        world.refuseToStart("api", true).awaitWith(this::getReady);

        RunReport report = scene.apply(scene.plan());

        assertEquals(6, report.exitCode());
        assertEquals(List.of(), waits);
    }

    @Test
    void heldWorkloadsAreNotAwaited() {
        world.target("main", 3).failAt("main", 3).awaitWith(this::getReady);
        scene.onFailure(OnFailure.HOLD);

        assertEquals(Optional.of(Recovery.HELD), scene.apply(scene.plan()).run().flatMap(Run::recovery));

        assertEquals(List.of(), waits);
    }

    @Test
    void aRunThatIsToldToEndWaitsNoLongerAndGoesOnWithTheWaitWhenItIsResumed() {
        world.awaitWith(started -> {
            scene.stop.raise("SIGTERM", Duration.ofHours(1));
            new CountDownLatch(1).await();
            return List.of();
        });
        Plan plan = scene.plan();

        RunReport report = scene.apply(plan);

        assertEquals(1, report.exitCode());
        assertEquals("apply.interrupted", report.problems().get(0).code().code());
        assertEquals(Outcome.INTERRUPTED, scene.runs().get(0).outcome());
        List<String> history = world.history();

        scene.stop = new StopSignal(scene.clock);
        world.awaitWith(this::getReady);
        assertTrue(scene.apply(plan).succeeded());
        assertEquals(List.of("main@2 api=2 web=3"), waits);
        assertEquals(history, world.history());
    }

    @Test
    void aProcessThatDiesInTheWaitAfterARecoveryDoesNotMigrateAgain() {
        world.failAt("main", 2);
        world.awaitWith(started -> {
            throw new ProcessKilled();
        });
        Plan plan = scene.plan();
        assertThrows(ProcessKilled.class, () -> scene.apply(plan));
        List<String> history = world.history();
        world.failAt("main", 0).awaitWith(this::fail);

        RunReport report = scene.apply(plan);

        assertFalse(report.succeeded());
        assertEquals("apply.failed-before", report.problems().get(0).code().code());
        assertEquals(history, world.history());
    }

    @Test
    void aProviderThatBreaksIsToldAndUndoesNothing() {
        world.awaitWith(started -> {
            throw new IllegalStateException("broken");
        });

        RunReport report = scene.apply(scene.plan());

        assertEquals("apply.internal", report.problems().get(0).code().code());
        assertEquals("main@2 api=2 web=3", world.state());
    }

    @Test
    void whatAnotherKeepsStoppedIsShownAsItIsAndStillDown() {
        world.keep("web", "billing");
        Plan plan = scene.plan();

        Run run = scene.apply(plan).run().orElseThrow();

        Downtime web = Downtime.of(plan, run).get(0);
        assertTrue(web.since().isPresent(), web::toString);
        assertEquals("left stopped by billing", web.kept());
        Entry ended = run.entries().stream()
                .filter(entry -> entry.standing().isPresent())
                .findFirst()
                .orElseThrow();
        assertEquals("left stopped by billing", ended.message());
        assertTrue(
                scene.events.stream()
                        .anyMatch(event -> event instanceof RunEvent.StepEnded end
                                && end.address().equals(WEB)
                                && end.reached().path("keptBy").asText().equals("billing")),
                scene.events::toString);
    }
}
