package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Golden;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.testkit.MutableClock;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run as people watch it, on a terminal and in a log. */
final class ProgressViewTest {

    private static final TextStyle UNICODE = new TextStyle(false, true);

    private final MutableClock clock = new MutableClock(RichPlan.NOW);
    private final StringWriter log = new StringWriter();
    private final Screen screen = new Screen();
    private final Plan many = RichPlan.of(
            Intent.MIGRATE_AND_RESTORE,
            Stream.concat(
                            RichPlan.resources().stream().filter(resource -> resource.role() == Role.MIGRATE),
                            IntStream.rangeClosed(1, 60).mapToObj(ProgressViewTest::workload))
                    .toList());
    private final Stage stop = many.stages().get(0);

    private static Resource workload(int number) {
        String scaled = "{'replicas': 2}";
        return RichPlan.workload("web-%02d".formatted(number), 0, scaled, scaled, "{'replicas': 0}");
    }

    @Test
    void aLogHasElapsedTimeStageAndResource() {
        Plan plan = RichPlan.of(Intent.MIGRATE_AND_RESTORE);
        try (ProgressView view = inALog()) {
            view.on(new RunEvent.Note("the lock is held by ada@laptop (pid 7); watching whether it is alive"));
            clock.advance(Duration.ofMillis(1300));
            view.on(new RunEvent.RunBegun(ViewsTest.run(plan), plan, false));
            Stage quiesce = plan.stages().get(1);
            view.on(new RunEvent.StageBegun(quiesce));
            PlannedStep step = quiesce.steps().get(0);
            begin(view, step);
            for (int left = 5; left > 0; left--) {
                clock.advance(Duration.ofMillis(400));
                progress(view, step, left + " pods left");
                view.tick();
            }
            clock.advance(Duration.ofSeconds(75));
            view.tick();
            end(view, step, StepOutcome.SUCCEEDED, "");
            end(view, step, StepOutcome.FAILED, "no such table");
            view.on(new RunEvent.RecoveryBegun("no database has moved: workloads are restored"));
        }
        Golden.assertSame("view-progress", log.toString());
    }

    @Test
    void sixtyWorkloadsAreSixtyLinesOfALog() {
        try (ProgressView view = inALog()) {
            beginAll(view);
            for (int second = 0; second < 9; second++) {
                clock.advance(Duration.ofSeconds(1));
                stop.steps().forEach(step -> progress(view, step, "2 pods left"));
                view.tick();
            }
            stop.steps().forEach(step -> end(view, step, StepOutcome.SUCCEEDED, ""));
        }
        List<String> lines = log.toString().lines().toList();

        assertEquals(1 + 1 + 60, lines.size(), log::toString); // run, stage, each workload
        assertEquals("   0.0s  [quiesce 0] 60 resources", lines.get(1));
        assertEquals("   9.0s  [quiesce 0] kubernetes.deployment/web-01: ✓ replicas 0 (9.0s)", lines.get(2));
    }

    @Test
    void aLogNamesThoseThatTakeLongNowAndThen() {
        try (ProgressView view = inALog()) {
            beginAll(view);
            stop.steps().stream().skip(5).forEach(step -> end(view, step, StepOutcome.SUCCEEDED, ""));
            log.getBuffer().setLength(0);
            progress(view, stop.steps().get(1), "1 pod left: web-02-x");
            for (int second = 0; second < 45; second++) {
                clock.advance(Duration.ofSeconds(1));
                view.tick();
            }
        }
        assertEquals(
                List.of(
                        "    10s  [quiesce 0] 55 of 60 done; kubernetes.deployment/web-01: stopping …;"
                                + " kubernetes.deployment/web-02: 1 pod left: web-02-x;"
                                + " kubernetes.deployment/web-03: stopping …; 2 more",
                        "    40s  [quiesce 0] 55 of 60 done; kubernetes.deployment/web-01: stopping …;"
                                + " kubernetes.deployment/web-02: 1 pod left: web-02-x;"
                                + " kubernetes.deployment/web-03: stopping …; 2 more"),
                log.toString().lines().toList());
    }

    @Test
    void aWarningIsALineAtOnceWhereverItIsShown() {
        String warning = "   0.0s  [quiesce 0] kubernetes.deployment/web-01: warning: scaled up by another client";
        for (ProgressView view : List.of(inALog(), onATerminal(100))) {
            beginAll(view);
            PlannedStep step = stop.steps().get(0);
            view.on(new RunEvent.StepWarned(step.id(), step.address(), "scaled up by another client"));
            view.close();
        }
        assertTrue(log.toString().lines().toList().contains(warning), log::toString);
        assertTrue(screen.shown().contains(warning), () -> String.join("\n", screen.shown()));
    }

    @Test
    void aTerminalShowsCountsAndTheSlowOnesInPlace() {
        try (ProgressView view = onATerminal(70)) {
            beginAll(view);
            stop.steps().stream().skip(8).forEach(step -> end(view, step, StepOutcome.SUCCEEDED, ""));
            progress(view, stop.steps().get(1), "2 pods left: web-02-aaaaaaaa, web-02-bbbbbbbb");
            clock.advance(Duration.ofSeconds(3));
            view.tick();

            assertEquals(
                    List.of(
                            "   0.0s  run 20261122t070000z-3fa2c1 executes plan " + many.shortId(),
                            "   3.0s  [quiesce 0] 52 of 60 resources",
                            "           kubernetes.deployment/web-01: stopping … (3.0s)",
                            "           kubernetes.deployment/web-02: 2 pods left: web-02-aaaaaaa…",
                            "           kubernetes.deployment/web-03: stopping … (3.0s)",
                            "           kubernetes.deployment/web-04: stopping … (3.0s)",
                            "           kubernetes.deployment/web-05: stopping … (3.0s)",
                            "           kubernetes.deployment/web-06: stopping … (3.0s)",
                            "           and 2 more"),
                    screen.shown());

            stop.steps().stream().limit(7).forEach(step -> end(view, step, StepOutcome.SUCCEEDED, ""));
            end(view, stop.steps().get(7), StepOutcome.FAILED, "2 pods do not end");
        }
        assertEquals(
                List.of(
                        "   0.0s  run 20261122t070000z-3fa2c1 executes plan " + many.shortId(),
                        "   3.0s  [quiesce 0] kubernetes.deployment/web-08: ✗ failed: 2 pods do",
                        "       not end (9.0s)",
                        "   3.0s  [quiesce 0] ✗ 1 of 60 resources failed (3.0s)"),
                screen.shown());
    }

    @Test
    void theWaitForPodsIsShownAsAStageOfItsOwn() {
        try (ProgressView view = inALog()) {
            beginAll(view);
            log.getBuffer().setLength(0);
            PlannedStep first = stop.steps().get(0);
            PlannedStep second = stop.steps().get(1);
            view.on(new RunEvent.Readying(first.id(), first.address(), "0 of 2 pods ready"));
            view.on(new RunEvent.Readying(second.id(), second.address(), "0 of 1 pod ready; Unschedulable"));
            view.on(new RunEvent.Readied(
                    first.id(), first.address(), true, "2 of 2 pods ready", Duration.ofSeconds(2)));
            clock.advance(Duration.ofSeconds(12));
            view.tick();
            view.on(new RunEvent.Readied(
                    second.id(), second.address(), false, "0 of 1 pod ready; Unschedulable", Duration.ofSeconds(12)));
        }
        assertEquals(
                List.of(
                        "   0.0s  [ready] kubernetes.deployment/web-01: ✓ 2 of 2 pods ready (2.0s)",
                        "    12s  [ready] 1 of 2 done; kubernetes.deployment/web-02: 0 of 1 pod ready; Unschedulable",
                        "    12s  [ready] kubernetes.deployment/web-02: ✗ not ready: 0 of 1 pod ready; Unschedulable (12s)"),
                log.toString().lines().toList());
    }

    @Test
    void theStateThatAStepReachedIsShownAndNotThePlannedOne() {
        PlannedStep step = stop.steps().get(0);
        try (ProgressView view = inALog()) {
            beginAll(view);
            log.getBuffer().setLength(0);
            view.on(new RunEvent.StepEnded(
                    step.id(),
                    step.address(),
                    step.to(),
                    StepOutcome.SUCCEEDED,
                    Duration.ofSeconds(1),
                    Json.object().put("replicas", 5),
                    ""));
        }
        assertEquals("   0.0s  [quiesce 0] kubernetes.deployment/web-01: ✓ replicas 5 (1.0s)\n", log.toString());
    }

    @Test
    void whatElseIsWrittenToTheTerminalStandsAboveTheProgress() {
        Console console = console(80, true, said -> said);
        try (ProgressView view = new ProgressView(console.out(), clock)) {
            beginAll(view);
            view.tick();
            console.err().line("WARN the API server answers slowly");
            console.err().write("no end of a line yet, ");

            assertEquals(
                    "WARN the API server answers slowly",
                    screen.shown().get(screen.shown().size() - 1),
                    "the progress is away while a line has no end");

            console.err().line("and now");

            assertEquals(
                    "no end of a line yet, and now", screen.shown().get(2), () -> String.join("\n", screen.shown()));
            assertEquals(
                    "   0.0s  [quiesce 0] 0 of 60 resources", screen.shown().get(3));
        }
        assertEquals(
                "no end of a line yet, and now",
                screen.shown().get(screen.shown().size() - 1));
    }

    @Test
    void aSecretIsMaskedBeforeALineIsCut() {
        Console console = console(72, true, said -> said.replace("hunter2-hunter2", "***"));
        try (ProgressView view = new ProgressView(console.out(), clock)) {
            beginAll(view);
            progress(view, stop.steps().get(0), "\u001b[2J\n password hunter2-hunter2");
            view.tick();

            assertEquals(
                    "           kubernetes.deployment/web-01: \\u001b[2J password *** (0.0s)",
                    screen.shown().get(2));
        }
    }

    @Test
    void whereLinesCannotBeRedrawnATerminalGetsThoseOfALog() {
        assertFalse(console(0, true, said -> said).out().hasFooter(), "its width is not known");
        assertFalse(console(80, false, said -> said).out().hasFooter(), "it is a dumb terminal");
        assertFalse(
                new Console(streams(Set.of()), true, 80, true, LineForm.AS_IT_IS, said -> said)
                        .out()
                        .hasFooter(),
                "it is no terminal");
    }

    private ProgressView inALog() {
        return new ProgressView(new Printer(new PrintWriter(log), UNICODE, said -> said), clock);
    }

    private ProgressView onATerminal(int width) {
        return new ProgressView(console(width, true, said -> said).out(), clock);
    }

    private Console console(int width, boolean redrawn, UnaryOperator<String> redact) {
        return new Console(streams(Set.of(Streams.OUT, Streams.ERR)), false, width, redrawn, LineForm.AS_IT_IS, redact);
    }

    private Streams streams(Set<Integer> terminals) {
        return new Streams(screen.writer(), screen.writer(), new BufferedReader(new StringReader("")), terminals, true);
    }

    private void beginAll(ProgressView view) {
        view.on(new RunEvent.RunBegun(ViewsTest.run(many), many, false));
        view.on(new RunEvent.StageBegun(stop));
        stop.steps().forEach(step -> begin(view, step));
    }

    private static void begin(ProgressView view, PlannedStep step) {
        view.on(new RunEvent.StepBegun(step.id(), step.address(), step.to()));
    }

    private static void progress(ProgressView view, PlannedStep step, String message) {
        view.on(new RunEvent.StepProgress(step.id(), step.address(), message));
    }

    private static void end(ProgressView view, PlannedStep step, StepOutcome outcome, String message) {
        view.on(new RunEvent.StepEnded(
                step.id(),
                step.address(),
                step.to(),
                outcome,
                Duration.ofSeconds(9),
                Json.object().put("replicas", 0),
                message));
    }
}
