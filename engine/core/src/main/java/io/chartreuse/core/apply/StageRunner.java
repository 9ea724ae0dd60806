package io.chartreuse.core.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.refresh.Concurrently;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Fence;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.ReadinessState;
import io.chartreuse.spi.provider.StoppedEarly;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of one stage side by side and waits for all of them: one that fails does not cut off the others, but
 * databases beside one that failed end with the migration that they are at. How the last steps ended is on record before
 * anything else is done: by the entry of the step, or of the end, that follows.
 */
final class StageRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Providers may take half a minute to cancel a statement for good. */
    private static final Duration TO_REACT = Duration.ofSeconds(40);

    /** How long the start of a step or a migration waits for a lock that cannot be renewed. */
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(5);

    private final Plan plan;
    private final Providers providers;
    private final RunLog log;
    private final RunObserver observer;
    private final Clock clock;
    private final int parallelism;
    private final Fence fence;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<PlannedStep> succeeded = ConcurrentHashMap.newKeySet();

    /** What a step tells while it runs. */
    private record Reported(
            LastLines lines, MigrationResults migrations, ReachedState reached, ProgressInterval spacing) {}

    /** @param fence asked before a step or a migration begins */
    StageRunner(
            Plan plan,
            Providers providers,
            RunLog log,
            RunObserver observer,
            Clock clock,
            int parallelism,
            Fence fence) {
        this.plan = plan;
        this.providers = providers;
        this.log = log;
        this.observer = observer;
        this.clock = clock;
        this.parallelism = parallelism;
        this.fence = fence;
    }

    /** The steps that were begun, of all stages so far. */
    Set<String> begun() {
        return Set.copyOf(begun);
    }

    /** Whether that step was run and reached its state. */
    boolean hasSucceeded(PlannedStep step) {
        return succeeded.contains(step);
    }

    /**
     * Runs the stage to its end.
     *
     * @param stop when it is raised, no further step begins and those that run are asked to end; when its grace is over,
     *             they are interrupted
     * @return the problems of the steps that did not reach their state; empty where all did
     */
    List<Diagnostic> run(Stage stage, StopSignal stop) throws InterruptedException {
        observer.on(new RunEvent.StageBegun(stage));
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(parallelism, stage.steps().size()), work -> {
                    Thread thread = new Thread(work, "step");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            Map<PlannedStep, Future<List<Diagnostic>>> results = new LinkedHashMap<>();
            EarlyEnd end = new EarlyEnd(stage, stop);
            stage.steps().forEach(step -> results.put(step, threads.submit(() -> begin(step, stage, stop, end))));
            threads.shutdown();
            await(threads, stop::isOver);
            return collect(results);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Waits until these threads are through; meanwhile the record does not lag behind.
     *
     * @param over whether they are to be interrupted
     */
    void await(ExecutorService threads, BooleanSupplier over) throws InterruptedException {
        Instant abandoned = Instant.MAX;
        CompletableFuture<?> writing = CompletableFuture.completedFuture(null);
        while (!threads.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (log.isLate() && writing.isDone()) { // elsewhere, for a stop must not wait for a slow journal
                writing = Concurrently.start("journal", () -> {
                    log.flush();
                    return null;
                });
            }
            if (over.getAsBoolean() && abandoned.equals(Instant.MAX)) {
                threads.shutdownNow();
                abandoned = clock.instant().plus(TO_REACT);
            }
            if (!clock.instant().isBefore(abandoned)) {
                return;
            }
        }
    }

    private static List<Diagnostic> collect(Map<PlannedStep, Future<List<Diagnostic>>> results)
            throws InterruptedException {
        List<Diagnostic> problems = new ArrayList<>();
        for (Map.Entry<PlannedStep, Future<List<Diagnostic>>> result : results.entrySet()) {
            if (result.getValue().isDone()) {
                problems.addAll(problems(result.getValue()));
            } else {
                problems.add(stillRunning(result.getKey()));
            }
        }
        return problems;
    }

    /** A step throws only what is not a problem of the step: the journal failed, or the virtual machine did. */
    private static List<Diagnostic> problems(Future<List<Diagnostic>> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChartreuseException ours) {
                return ours.diagnostics();
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * A step that is not begun because another one failed gives no problem here: the run reports all of them together.
     */
    private List<Diagnostic> begin(PlannedStep planned, Stage stage, StopSignal stop, EarlyEnd end) {
        if (stop.isRaised()) {
            return List.of(interrupted(planned, "was not begun"));
        }
        if (end.isAsked()) {
            return List.of();
        }
        fence.await(Duration.ZERO, LONGEST_OUTAGE);
        begun.add(planned.id());
        if (stage.name().bringsBack()) {
            log.stepBegunAnyway(planned.id(), planned.address());
        } else {
            log.stepBegun(planned.id(), planned.address());
        }
        return step(planned, stop, end);
    }

    private List<Diagnostic> step(PlannedStep planned, StopSignal stop, EarlyEnd end) {
        observer.on(new RunEvent.StepBegun(planned.id(), planned.address(), planned.to()));
        Instant start = clock.instant();
        Reported reported = new Reported(
                new LastLines(),
                new MigrationResults(),
                new ReachedState(plan.change(planned.address()).state(planned.to())),
                new ProgressInterval(clock));
        StepOutcome outcome = StepOutcome.SUCCEEDED;
        List<Diagnostic> problems = List.of();
        try {
            converge(planned, progress(planned, stop, end, reported));
        } catch (InterruptedException e) {
            outcome = StepOutcome.INTERRUPTED;
            problems = List.of(
                    e instanceof StoppedEarly
                            ? end.stopped(planned, e.getMessage())
                            : interrupted(planned, "was interrupted"));
        } catch (ChartreuseException e) {
            outcome = StepOutcome.FAILED;
            problems = about(planned, e.diagnostics());
        } catch (OutOfMemoryError e) {
            outcome = StepOutcome.FAILED;
            problems = List.of(outOfMemory(planned, e));
        } catch (RuntimeException | StackOverflowError e) {
            outcome = StepOutcome.FAILED;
            problems = List.of(internal(planned, e));
        }
        if (outcome == StepOutcome.FAILED) {
            end.failed(planned);
        }
        if (outcome == StepOutcome.SUCCEEDED) {
            succeeded.add(planned);
        }
        String message = outcome == StepOutcome.SUCCEEDED ? reported.reached().how() : RunLog.said(problems);
        List<Diagnostic> unwritten = ended(planned, outcome, message, reported);
        Duration took = Duration.between(start, clock.instant());
        observer.on(new RunEvent.StepEnded(
                planned.id(),
                planned.address(),
                planned.to(),
                outcome,
                took,
                reported.reached().state(),
                message));
        return Stream.concat(problems.stream(), unwritten.stream()).toList();
    }

    /** Records how a step ended; returns the problems if it cannot be recorded. */
    private List<Diagnostic> ended(PlannedStep planned, StepOutcome outcome, String message, Reported reported) {
        List<MigrationResult> results = reported.migrations().of(plan.change(planned.address()), outcome);
        try {
            log.stepEnded(
                    planned.id(),
                    planned.address(),
                    outcome,
                    message,
                    reported.lines().of(outcome),
                    results,
                    reported.reached().standing());
            return List.of();
        } catch (ChartreuseException unwritable) {
            return unwritable.diagnostics();
        }
    }

    /** What the provider is given of a planned step. */
    Step step(PlannedStep planned) {
        return new Step(
                planned.id(),
                plan.change(planned.address()),
                planned.to(),
                log.run().id());
    }

    private void converge(PlannedStep planned, Progress progress) throws InterruptedException {
        Step step = step(planned);
        ObjectNode now = providers.of(planned.address()).converge(step, progress);
        ObjectNode wanted = step.change().state(step.to());
        if (!now.equals(wanted)) {
            throw new ChartreuseException(Diagnostic.error(
                    ApplyError.NOT_CONVERGED,
                    planned.address() + " should now be " + wanted + " and is " + now,
                    "Another process changes it at the same time. Find out which, then make a new plan."));
        }
    }

    private Progress progress(PlannedStep planned, StopSignal stop, EarlyEnd end, Reported reported) {
        return new Progress() {
            @Override
            public void report(String message) {
                reported.lines().add(message);
                observer.on(new RunEvent.StepProgress(planned.id(), planned.address(), message));
            }

            @Override
            public void warn(String message) {
                reported.lines().addDeciding(message);
                observer.on(new RunEvent.StepWarned(planned.id(), planned.address(), message));
            }

            @Override
            public void ended(MigrationResult result) {
                if (reported.migrations().add(result)) {
                    observer.on(new RunEvent.MigrationEnded(planned.id(), planned.address(), result));
                    recordProgress(planned, result, reported.spacing());
                }
            }

            @Override
            public void shows(ObjectNode observed) {
                reported.reached().shows(observed);
            }

            @Override
            public void stands(ReadinessState standing, String how) {
                reported.reached().stands(standing, how);
            }

            @Override
            public boolean stopping() {
                confirm(stop);
                return end.isAsked();
            }
        };
    }

    /** Should this process die, the next one knows what the database must have. */
    private void recordProgress(PlannedStep planned, MigrationResult result, ProgressInterval spacing) {
        boolean executed = result.outcome() == MigrationResult.Outcome.APPLIED
                && result.took().isPresent();
        if (executed && spacing.isDue()) {
            log.committed(planned.id(), planned.address(), result);
        }
    }

    /** Nothing begins while the lock is not known to be ours; when that takes too long, the run ends in order. */
    private void confirm(StopSignal stop) {
        if (stop.isRaised() || fence.isOpen(Duration.ZERO)) {
            return;
        }
        try {
            fence.await(Duration.ZERO, LONGEST_OUTAGE);
        } catch (ChartreuseException unconfirmed) {
            stop.raise(unconfirmed.diagnostics().get(0).summary(), TO_REACT);
        }
    }

    private static List<Diagnostic> about(PlannedStep planned, List<Diagnostic> problems) {
        return problems.stream()
                .map(problem -> problem.address().isPresent() ? problem : problem.about(planned.address()))
                .toList();
    }

    private static Diagnostic stillRunning(PlannedStep planned) {
        return Diagnostic.error(
                        ApplyError.STILL_RUNNING,
                        "step " + planned.id() + " (" + planned.address() + ") was interrupted and has not ended",
                        "See what it still does (for a database: pg_stat_activity) before you go on.")
                .about(planned.address());
    }

    private static Diagnostic interrupted(PlannedStep planned, String how) {
        return Diagnostic.error(
                        ApplyError.INTERRUPTED,
                        "step " + planned.id() + " (" + planned.address() + " "
                                + planned.to().word() + ") " + how,
                        "Apply the same plan again: the run is resumed.")
                .about(planned.address());
    }

    /** What the step held is free again once it has failed, so that the run can still bring workloads back. */
    private static Diagnostic outOfMemory(PlannedStep planned, OutOfMemoryError e) {
        LOG.debug("step {} of {} ran out of memory", planned.id(), planned.address(), e);
        return MemoryShortage.diagnostic(
                        ApplyError.OUT_OF_MEMORY, planned.address().toString())
                .about(planned.address());
    }

    private static Diagnostic internal(PlannedStep planned, Throwable e) {
        LOG.debug("step {} of {} failed unexpectedly", planned.id(), planned.address(), e);
        return Diagnostic.error(
                        ApplyError.INTERNAL,
                        planned.address() + " failed unexpectedly: " + e,
                        "This is a fault of Chartreuse or of a provider; run again with --debug and report what it shows.")
                .about(planned.address());
    }
}
