package io.chartreuse.cli.view;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run as it goes on: elapsed, stage, resource, what it does. On a terminal, what changes is drawn again at its foot, and
 * only what lasts becomes a line. Elsewhere a workload gets one line a stage, and those that take long are named now and
 * then.
 */
public final class ProgressView implements RunObserver, AutoCloseable {

    private static final Duration REDRAWN = Duration.ofMillis(200);
    private static final Duration LOGGED = Duration.ofSeconds(1);

    /** A stage of no more steps than these has a line for each of them on a terminal, too. */
    private static final int FEW = 8;

    /** How many of those that have not ended are named at once. */
    private static final int NAMED_ON_A_TERMINAL = 6;

    private static final int NAMED_IN_A_LINE = 3;

    /** When those that have not ended are named for the first time, and then again. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** What the wait for workloads that are started again is called, as if it was a stage. */
    private static final String READY = "ready";

    private final Printer printer;
    private final TextStyle style;
    private final boolean redrawn;
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
    private volatile Optional<RunningSteps> current = Optional.empty();
    private Instant namedAt = Instant.EPOCH;

    ProgressView(Printer printer, Clock clock) {
        this.printer = printer;
        this.style = printer.style();
        this.redrawn = printer.hasFooter();
        this.states = new StateText(style);
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Shows what it is given, and goes on as time passes, until it is closed. */
    public static ProgressView begin(Printer printer, Clock clock) {
        ProgressView view = new ProgressView(printer, clock);
        long period = (view.redrawn ? REDRAWN : LOGGED).toMillis();
        view.ticks.scheduleAtFixedRate(view::tick, period, period, TimeUnit.MILLISECONDS);
        return view;
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
            begun(step);
        } else if (event instanceof RunEvent.StepProgress step) {
            progress(step);
        } else if (event instanceof RunEvent.StepWarned step) {
            step(step.step(), step.address(), style.yellow("warning") + ": " + step.message());
        } else if (event instanceof RunEvent.MigrationEnded migration) {
            ended(migration);
        } else if (event instanceof RunEvent.StepEnded step) {
            ended(step);
        } else if (event instanceof RunEvent.Readying readying) {
            readying(readying);
        } else if (event instanceof RunEvent.Readied readied) {
            readied(readied);
        } else if (event instanceof RunEvent.StepSkipped step) {
            step(step.step(), step.address(), style.yellow("not begun") + ": " + step.why());
        } else if (event instanceof RunEvent.RecoveryBegun recovery) {
            line(style.yellow("recovery: " + recovery.decision()));
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
        current = Optional.of(
                new RunningSteps(StagesText.label(stage), stage.steps().size(), clock.instant()));
        if (stage.steps().size() > 1 && !redrawn) {
            line(label(StagesText.label(stage)) + " " + Count.of(stage.steps().size(), "resource"));
        }
    }

    private void begun(RunEvent.StepBegun step) {
        String what = verb(step.address(), step.to()) + (style.unicode() ? " …" : " ...");
        current.ifPresent(stage -> stage.begin(step.step(), step.address(), what, clock.instant()));
        if (!redrawn && !isOneOfMany(step.address())) {
            step(step.step(), step.address(), style.dim(what));
        }
    }

    private void progress(RunEvent.StepProgress step) {
        current.ifPresent(stage -> stage.progress(step.step(), step.message()));
        if (!redrawn && !isOneOfMany(step.address())) {
            throttle.offer(step.step(), step.message(), clock.instant())
                    .ifPresent(message -> step(step.step(), step.address(), message));
        }
    }

    /** A release has many workloads and few databases. */
    private boolean isOneOfMany(Address address) {
        return plan.change(address).role() == Role.QUIESCE;
    }

    /** One that failed is shown by the end of its step, which says with what. */
    private void ended(RunEvent.MigrationEnded event) {
        if (event.result().outcome() == MigrationResult.Outcome.APPLIED) {
            throttle.supersede(event.step());
            String took = event.result()
                    .took()
                    .map(time -> style.dim(" (" + Elapsed.of(time) + ")"))
                    .orElse(style.dim(" (found applied)"));
            step(event.step(), event.address(), event.result().script() + " applied" + took);
        }
    }

    private void ended(RunEvent.StepEnded step) {
        ended(step.step(), step.address(), step.outcome() == StepOutcome.SUCCEEDED, end(step));
    }

    private void ended(String step, Address address, boolean succeeded, String what) {
        throttle.forget(step);
        boolean last = current.map(stage -> stage.end(step, succeeded)).orElse(false);
        boolean many = redrawn && current.filter(stage -> stage.size() > FEW).isPresent();
        if (!succeeded || !many || !isOneOfMany(address)) {
            step(step, address, what);
        }
        if (last && many) {
            current.ifPresent(this::summary);
        }
        if (last) {
            draw();
        }
    }

    private String end(RunEvent.StepEnded step) {
        String took = took(step.took());
        if (step.outcome() == StepOutcome.SUCCEEDED) {
            return style.sign(StatusSign.DONE) + " " + states.of(step.reached()) + took;
        }
        String what = style.red(step.outcome().word()) + (step.message().isEmpty() ? "" : ": " + step.message());
        return style.sign(StatusSign.FAILED) + " " + what + took;
    }

    private void summary(RunningSteps stage) {
        String all = Count.of(stage.size(), "resource");
        String done = stage.failed() == 0
                ? style.sign(StatusSign.DONE) + " " + all
                : style.sign(StatusSign.FAILED) + " " + stage.failed() + " of " + all + " failed";
        line(label(stage.label()) + " " + done + took(stage.age(clock.instant())));
    }

    private String took(Duration time) {
        return style.dim(" (" + Elapsed.of(time) + ")");
    }

    private void readying(RunEvent.Readying event) {
        readyStage(event.step()).begin(event.step(), event.address(), event.message(), clock.instant());
    }

    /** Which workloads are waited for is known when they say how far they are. */
    private RunningSteps readyStage(String step) {
        RunningSteps stage = current.filter(known -> known.label().equals(READY))
                .orElseGet(() -> new RunningSteps(READY, clock.instant()));
        current = Optional.of(stage);
        stages.put(step, READY);
        return stage;
    }

    private void readied(RunEvent.Readied event) {
        readyStage(event.step());
        String what = event.ready()
                ? style.sign(StatusSign.DONE) + " " + event.how()
                : style.sign(StatusSign.FAILED) + " " + style.red("not ready") + ": " + event.how();
        ended(event.step(), event.address(), event.ready(), what + took(event.took()));
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
        line(label(stages.getOrDefault(step, "?")) + " " + address + ": " + what);
    }

    private String label(String stage) {
        return style.cyan("[" + stage + "]");
    }

    private void line(String text) {
        printer.line(now() + "  " + text);
    }

    /** Seven columns. */
    private String now() {
        String elapsed = Elapsed.of(Duration.between(begun, clock.instant()));
        return style.dim(" ".repeat(Math.max(0, 7 - elapsed.length())) + elapsed);
    }

    void tick() {
        if (redrawn) {
            draw();
        } else {
            throttle.due(clock.instant()).forEach(due -> step(due.step(), addresses.get(due.step()), due.message()));
            current.ifPresent(this::nameSlow);
        }
    }

    private synchronized void draw() {
        printer.footer(current.map(this::foot).orElse(List.of()));
    }

    private List<String> foot(RunningSteps stage) {
        List<RunningSteps.Running> running = stage.slowest();
        if (running.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String head = now() + "  " + label(stage.label()) + " ";
        if (stage.size() == 1) {
            return List.of(head + said(running.get(0)));
        }
        lines.add(head + stage.ended() + " of " + Count.of(stage.size(), "resource"));
        running.stream().limit(NAMED_ON_A_TERMINAL).forEach(step -> lines.add(" ".repeat(11) + said(step)));
        if (running.size() > NAMED_ON_A_TERMINAL) {
            lines.add(" ".repeat(11) + style.dim("and " + (running.size() - NAMED_ON_A_TERMINAL) + " more"));
        }
        return lines;
    }

    private String said(RunningSteps.Running step) {
        return step.address() + ": " + step.message() + took(step.age(clock.instant()));
    }

    /** In one line, those of a stage that take long. */
    private synchronized void nameSlow(RunningSteps stage) {
        Instant now = clock.instant();
        List<RunningSteps.Running> slow = stage.slowest().stream()
                .filter(step -> isOneOfMany(step.address()) && step.age(now).compareTo(LONG) >= 0)
                .toList();
        if (slow.isEmpty() || now.isBefore(namedAt.plus(AGAIN))) {
            return;
        }
        namedAt = now;
        List<String> parts = new ArrayList<>();
        if (stage.size() > 1) {
            parts.add(stage.ended() + " of " + stage.size() + " done");
        }
        slow.stream().limit(NAMED_IN_A_LINE).forEach(step -> parts.add(step.address() + ": " + step.message()));
        if (slow.size() > NAMED_IN_A_LINE) {
            parts.add((slow.size() - NAMED_IN_A_LINE) + " more");
        }
        line(label(stage.label()) + " " + String.join("; ", parts));
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        current = Optional.empty();
        draw();
    }
}
