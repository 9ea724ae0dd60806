package io.chartreuse.cli.view;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.MigrationResult;
import io.chartreuse.spi.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run as it goes on, a line at a time: elapsed, stage, resource, what it does. */
public final class ProgressView implements RunObserver, AutoCloseable {

    private final Printer printer;
    private final Look look;
    private final StateText states;
    private final Clock clock;
    private final Instant begun;
    private final Throttle throttle = new Throttle();
    private final Map<String, String> stages = new ConcurrentHashMap<>();
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Plan plan;

    public ProgressView(Printer printer, Clock clock) {
        this.printer = printer;
        this.look = printer.look();
        this.states = new StateText(look);
        this.clock = clock;
        this.begun = clock.instant();
        ticks.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Note note) {
            line(note.message());
        } else if (event instanceof RunEvent.RunBegun run) {
            begun(run);
        } else if (event instanceof RunEvent.StageBegun stage) {
            stage(stage.stage());
        } else if (event instanceof RunEvent.StepBegun step) {
            step(
                    step.step(),
                    step.address(),
                    verb(step.address(), step.to()) + look.dim(look.unicode() ? " …" : " ..."));
        } else if (event instanceof RunEvent.StepProgress step) {
            progress(step);
        } else if (event instanceof RunEvent.MigrationEnded migration) {
            ended(migration);
        } else if (event instanceof RunEvent.StepEnded step) {
            ended(step);
        } else if (event instanceof RunEvent.StepSkipped step) {
            step(step.step(), step.address(), look.yellow("not begun") + ": " + step.why());
        } else if (event instanceof RunEvent.RecoveryBegun recovery) {
            line(look.yellow("recovery: " + recovery.decision()));
        }
    }

    private void begun(RunEvent.RunBegun event) {
        plan = event.plan();
        Stream.concat(plan.stages().stream(), plan.recovery().stream()).forEach(this::learn);
        line("run " + event.run().id() + (event.resumed() ? " goes on with" : " executes") + " plan " + plan.shortId());
    }

    private void learn(Stage stage) {
        stage.steps().forEach(step -> {
            stages.put(step.id(), StagesText.label(stage));
            addresses.put(step.id(), step.address());
        });
    }

    private void stage(Stage stage) {
        if (stage.steps().size() > 1) {
            line(look.cyan("[" + StagesText.label(stage) + "]") + " "
                    + Count.of(stage.steps().size(), "resource"));
        }
    }

    private void progress(RunEvent.StepProgress step) {
        throttle.offer(step.step(), step.message(), clock.instant())
                .ifPresent(message -> step(step.step(), step.address(), message));
    }

    /** One that failed is shown by the end of its step, which says with what. */
    private void ended(RunEvent.MigrationEnded event) {
        if (event.result().outcome() == MigrationResult.Outcome.APPLIED) {
            throttle.supersede(event.step());
            String took = event.result()
                    .took()
                    .map(time -> look.dim(" (" + Elapsed.of(time) + ")"))
                    .orElse(look.dim(" (found applied)"));
            step(event.step(), event.address(), event.result().script() + " applied" + took);
        }
    }

    private void ended(RunEvent.StepEnded step) {
        throttle.forget(step.step());
        String took = look.dim(" (" + Elapsed.of(step.took()) + ")");
        if (step.outcome() == StepOutcome.SUCCEEDED) {
            String state = states.of(plan.change(step.address()).state(step.to()));
            step(step.step(), step.address(), look.sign(Sign.DONE) + " " + state + took);
        } else {
            String what = look.red(step.outcome().word()) + (step.message().isEmpty() ? "" : ": " + step.message());
            step(step.step(), step.address(), look.sign(Sign.FAILED) + " " + what + took);
        }
    }

    private String verb(Address address, Phase to) {
        return switch (plan.change(address).role()) {
            case GATE -> "waiting";
            case MIGRATE -> "migrating";
            case QUIESCE -> to == Phase.DURING ? "stopping" : "starting";
            case SUSPEND -> to == Phase.DURING ? "suspending" : "resuming";
        };
    }

    private void step(String step, Address address, String what) {
        line(look.cyan("[" + stages.getOrDefault(step, "?") + "]") + " " + address + ": " + what);
    }

    private void line(String text) {
        String elapsed = Elapsed.of(Duration.between(begun, clock.instant()));
        printer.line(look.dim(" ".repeat(Math.max(0, 7 - elapsed.length())) + elapsed) + "  " + text);
    }

    private void tick() {
        throttle.due(clock.instant()).forEach(due -> step(due.step(), addresses.get(due.step()), due.message()));
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
