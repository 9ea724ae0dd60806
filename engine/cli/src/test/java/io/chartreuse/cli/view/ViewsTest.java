package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Golden;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Resource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Views on a release as people have them. */
final class ViewsTest {

    private static final TextStyle UNICODE = new TextStyle(false, true);

    private final StringWriter text = new StringWriter();
    private final Printer printer = new Printer(new PrintWriter(text), UNICODE, said -> said);

    @Test
    void aRichPlanIsUnderstoodInHalfAMinute() {
        new PlanView(printer).print(RichPlan.of(Intent.MIGRATE_AND_RESTORE));
        Golden.assertSame("view-plan-rich", text.toString());
    }

    @Test
    void aPlanBeforeTheDeploymentLeavesStartingToIt() {
        new PlanView(printer).print(RichPlan.of(Intent.MIGRATE));
        Golden.assertSame("view-plan-before", text.toString());
    }

    @Test
    void aStatusDuringARunTellsItsSteps() {
        Plan plan = RichPlan.of(Intent.MIGRATE_AND_RESTORE);
        Run run = run(plan);
        for (String name : List.of("web", "worker")) {
            run = run.with(RichPlan.NOW, Event.STEP_BEGUN, Optional.of(name), address(name), Optional.empty(), "");
        }
        run = run.with(
                RichPlan.NOW,
                Event.STEP_ENDED,
                Optional.of("web"),
                address("web"),
                Optional.of(StepOutcome.SUCCEEDED),
                "");
        Lease lease = new Lease("ada@laptop (pid 7)", RichPlan.NOW, RichPlan.NOW, Duration.ofSeconds(30), "1");
        new StatusView(printer, RichPlan.NOW.plusSeconds(12))
                .print(new ReleaseStatus(
                        plan.release(),
                        Optional.of(lease),
                        Optional.of(run),
                        Optional.of(plan),
                        List.of(),
                        true,
                        List.of()));
        Golden.assertSame("status-running", text.toString());
    }

    @Test
    void aWorkloadWhosePodsAreNotReadyIsNotShownAsDone() {
        Plan plan = RichPlan.of(Intent.MIGRATE);
        ObjectNode two = JsonNodeFactory.instance.objectNode().put("replicas", 2);
        ObjectNode none = JsonNodeFactory.instance.objectNode().put("replicas", 0);
        Resource web = Resource.quiesce(address("web").orElseThrow(), 0, two, two, none, "0 of 2 pods ready")
                .withReady(false);
        new StatusView(printer, RichPlan.NOW)
                .print(new ReleaseStatus(
                        plan.release(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(web),
                        true,
                        List.of()));
        assertTrue(
                text.toString().contains("!  kubernetes.deployment/web  replicas 2  0 of 2 pods ready"),
                text.toString());
        assertTrue(
                text.toString().contains("Next: Look at the pods of kubernetes.deployment/web: not all are ready."),
                text.toString());
    }

    private static Optional<Address> address(String name) {
        return Optional.of(new Address("kubernetes.deployment", name));
    }

    static Run run(Plan plan) {
        return new Run(
                "20261122t070000z-3fa2c1",
                plan.id(),
                plan.release(),
                "1.0.0",
                new Actor("ada", "laptop", 7),
                RichPlan.NOW,
                Optional.empty(),
                Outcome.RUNNING,
                Optional.empty(),
                List.of());
    }

    @Test
    void aStateReadsByItsOwnWords() {
        StateText states = new StateText(UNICODE);
        assertEquals(
                "replicas 3, autoscaler web 2–10",
                states.of(RichPlan.state("{'replicas': 3, 'autoscaler': {'name': 'web', 'min': 2, 'max': 10}}")));
        assertEquals("exists no, stopped by shop", states.of(RichPlan.state("{'exists': false, 'stoppedBy': 'shop'}")));
        assertEquals("heads a/b, tags none", states.of(RichPlan.state("{'heads': ['a', 'b'], 'tags': []}")));
        assertEquals("nothing", states.of(RichPlan.state("{}")));
        assertEquals(
                "revision none → 1",
                states.between(
                        RichPlan.state("{'revision': null, 'a': 1}"), RichPlan.state("{'revision': '1', 'a': 1}")));
    }

    @Test
    void columnsAlignWhateverTheirColour() {
        TextStyle coloured = new TextStyle(true, true);
        assertEquals(
                List.of("  \u001b[31mab\u001b[0m    c", "  abcd  d"),
                Columns.align(List.of(List.of(coloured.red("ab"), "c"), List.of("abcd", "d")), TextStyle.PLAIN));
    }

    @Test
    void durationsAreShort() {
        assertEquals("0.4s", Elapsed.of(Duration.ofMillis(400)));
        assertEquals("42s", Elapsed.of(Duration.ofSeconds(42)));
        assertEquals("3m05s", Elapsed.of(Duration.ofSeconds(185)));
        assertEquals("2h10m", Elapsed.of(Duration.ofMinutes(130)));
        assertEquals("3d04h", Elapsed.of(Duration.ofHours(76)));
    }

    @Test
    void theLauncherSaysWhichStreamsAreTerminals() {
        assertEquals(java.util.Set.of(0, 2), Streams.terminals("02"));
        assertFalse(Streams.terminals("").contains(1));
    }
}
