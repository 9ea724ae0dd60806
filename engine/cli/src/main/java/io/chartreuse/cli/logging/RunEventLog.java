package io.chartreuse.cli.logging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.MigrationResult;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A run as it goes on, as log entries: {@code output/log.schema.json}. */
public final class RunEventLog implements RunObserver {

    private static final String LOGGER = "chartreuse.run";

    private final Printer printer;
    private final Clock clock;
    private final Map<String, String> stages = new ConcurrentHashMap<>();
    private volatile RunEvent.RunBegun begun;

    public RunEventLog(Printer printer, Clock clock) {
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Note note) {
            write(entry("info", "note", note.message()));
        } else if (event instanceof RunEvent.RunBegun run) {
            begun(run);
        } else if (event instanceof RunEvent.StageBegun stage) {
            String name = stage.stage().name().word();
            write(entry("info", "stage-begun", "stage " + name + " begins").put("stage", name));
        } else if (event instanceof RunEvent.StepBegun step) {
            write(step(entry("info", "step-begun", "begins: " + step.to().word()), step.step(), step.address()));
        } else if (event instanceof RunEvent.StepProgress step) {
            write(step(entry("info", "step-progress", step.message()), step.step(), step.address()));
        } else if (event instanceof RunEvent.StepWarned step) {
            write(step(entry("warn", "step-progress", step.message()), step.step(), step.address()));
        } else if (event instanceof RunEvent.MigrationEnded migration) {
            ended(migration);
        } else if (event instanceof RunEvent.StepEnded step) {
            ended(step);
        } else if (event instanceof RunEvent.Readying readying) {
            write(step(entry("info", "step-progress", readying.message()), readying.step(), readying.address()));
        } else if (event instanceof RunEvent.Readied readied) {
            readied(readied);
        } else if (event instanceof RunEvent.StepSkipped step) {
            write(step(entry("warn", "step-skipped", "not begun: " + step.why()), step.step(), step.address()));
        } else if (event instanceof RunEvent.RecoveryBegun recovery) {
            write(entry("warn", "recovery-begun", recovery.decision()));
        }
    }

    private void begun(RunEvent.RunBegun event) {
        Plan plan = event.plan();
        Stream.concat(plan.stages().stream(), plan.recovery().stream()).forEach(this::learn);
        begun = event;
        write(entry(
                "info",
                event.resumed() ? "run-resumed" : "run-begun",
                (event.resumed() ? "goes on with plan " : "executes plan ") + plan.shortId()));
    }

    private void learn(Stage stage) {
        stage.steps().forEach(step -> stages.put(step.id(), stage.name().word()));
    }

    private void ended(RunEvent.MigrationEnded event) {
        MigrationResult result = event.result();
        String outcome = result.outcome().word();
        String level = result.outcome() == MigrationResult.Outcome.APPLIED ? "info" : "error";
        ObjectNode entry = step(
                        entry(level, "migration-ended", result.script() + " " + outcome), event.step(), event.address())
                .put("migration", result.script())
                .put("outcome", outcome);
        result.took().ifPresent(took -> entry.put("tookMillis", took.toMillis()));
        write(entry);
    }

    private void ended(RunEvent.StepEnded event) {
        boolean succeeded = event.outcome() == StepOutcome.SUCCEEDED;
        String said = event.outcome().word() + (event.message().isEmpty() ? "" : ": " + event.message());
        ObjectNode entry = step(entry(succeeded ? "info" : "error", "step-ended", said), event.step(), event.address());
        write(entry.put("outcome", event.outcome().word())
                .put("tookMillis", event.took().toMillis()));
    }

    private void readied(RunEvent.Readied event) {
        String what = event.ready() ? "ready" : "not-ready";
        ObjectNode entry =
                step(entry(event.ready() ? "info" : "error", what, event.how()), event.step(), event.address());
        write(entry.put("tookMillis", event.took().toMillis()));
    }

    private ObjectNode step(ObjectNode entry, String step, Address address) {
        String stage = stages.get(step);
        if (stage != null) {
            entry.put("stage", stage);
        }
        return entry.put("step", step).put("address", address.toString());
    }

    private ObjectNode entry(String level, String event, String message) {
        ObjectNode entry =
                JsonLines.entry(clock.instant(), level, LOGGER, message).put("event", event);
        RunEvent.RunBegun run = begun;
        if (run != null) {
            entry.put("runId", run.run().id())
                    .put("planId", run.plan().id())
                    .put("release", run.plan().release().name());
        }
        return entry;
    }

    private void write(ObjectNode entry) {
        printer.raw(JsonLines.line(entry));
    }
}
