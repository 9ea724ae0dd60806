package io.chartreuse.core.apply;

import io.chartreuse.core.lock.HeldLock;
import io.chartreuse.core.lock.LockError;
import io.chartreuse.core.lock.RunLock;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.ReadinessState;
import io.chartreuse.spi.provider.RunFinisher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run under its lock: the stages that are left, and recovery where they do not all succeed. */
final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /** The process holds the lock meanwhile, and users and other runs wait for the run to end. */
    private static final Duration AT_THE_END = Duration.ofSeconds(20);

    /** Shorter when the process was asked to end: the operator or Kubernetes kills it when it takes too long. */
    private static final Duration WHEN_STOPPED = Duration.ofSeconds(5);

    private static final String LOCK_LOST = "the lock is lost";

    /** What every step says that ends for it. */
    private static final Set<ErrorCode> FOR_A_LOST_LOCK =
            Set.of(LockError.LOST, LockError.UNCONFIRMED, ApplyError.INTERRUPTED);

    /** As long as it takes. */
    private static final Duration UNTIL_THE_END = Duration.ofDays(1000);

    private final Plan plan;
    private final Providers providers;
    private final RunLog log;
    private final RunLock lock;
    private final StopSignal stop;
    private final StopSignal loss;
    private final RunObserver observer;
    private final Clock clock;
    private final Announcements announcements;
    private final StageRunner runner;
    private final StateRecording stateRecording;
    private final MaintenanceWatch maintenance;
    private volatile boolean migrating;
    private Optional<List<Diagnostic>> finished = Optional.empty();

    Execution(
            ApplyRequest request,
            Providers providers,
            RunLog log,
            RunLock lock,
            Clock clock,
            Announcements announcements,
            StateRecording stateRecording) {
        this.plan = request.plan();
        this.providers = providers;
        this.log = log;
        this.lock = lock;
        this.stop = request.stop();
        this.observer = request.observer();
        this.clock = clock;
        this.announcements = announcements;
        this.stateRecording = stateRecording;
        this.loss = new StopSignal(clock);
        this.runner = new StageRunner(plan, providers, log, observer, clock, request.parallelism(), lock);
        this.maintenance = new MaintenanceWatch(plan, providers, log.run().id(), new MaintenanceWatch.Listener() {
            @Override
            public void disturbed(Address address, ReadinessState standing, String message) {
                Execution.this.disturbed(address, standing, message);
            }

            @Override
            public void failed(Address address) {
                endFor(address);
            }
        });
        lock.onLoss(this::lockLost);
    }

    /** A run that has lost the lock records no disturbance: another run may have started the workload. */
    private void disturbed(Address address, ReadinessState standing, String message) {
        if (!lock.isLost()) {
            observer.on(new RunEvent.Note(address + " " + message));
            unwritten(log.disturbed(address, standing, message));
        }
    }

    /** A migration in a transaction is cancelled and rolled back; another one may end, and nothing more begins. */
    private void endFor(Address address) {
        if (!lock.isLost()) {
            stop.raise(address + " does not stand still", isRolledBack() ? Duration.ZERO : UNTIL_THE_END);
        }
    }

    private boolean isRolledBack() {
        return plan.changes().stream()
                .flatMap(change -> Migration.pending(change.migrations()).stream())
                .allMatch(Migration::transactional);
    }

    /** A migration that is under way holds its database's own lock and may end; nothing more begins. */
    private void lockLost() {
        stop.raise(LOCK_LOST, migrating ? UNTIL_THE_END : Duration.ZERO);
        loss.raise(LOCK_LOST, Duration.ZERO);
        observer.on(new RunEvent.Note("the lock is lost: " + lock.loss().orElse("") + "; "
                + (migrating ? "the migration under way may end, nothing more begins" : "nothing more is changed")));
    }

    /** Runs these stages to the end of the run, whatever the end is. */
    RunReport forward(List<Stage> stages) throws InterruptedException {
        try {
            return execute(stages);
        } finally {
            maintenance.end();
        }
    }

    private RunReport execute(List<Stage> stages) throws InterruptedException {
        witness("before");
        List<Diagnostic> problems = new ArrayList<>();
        boolean unrestored = false;
        boolean restoring = false;
        for (Stage stage : stages) {
            restoring = stage.name().bringsBack();
            if (restoring) {
                maintenance.end();
            }
            boolean begins = restoring ? !loss.isRaised() : !stop.isRaised();
            List<Diagnostic> failures = begins ? guarded(stage) : stopped(stage);
            problems.addAll(failures);
            unrestored |= stage.name() == StageName.RESTORE && !failures.isEmpty();
            if (!problems.isEmpty() && !restoring) {
                maintenance.end();
                List<Diagnostic> all = blamed(problems);
                Outcome outcome = outcomeOf(all);
                all.addAll(skipped(stages, all));
                all.addAll(maintenance.warnings());
                return recover(all, outcome);
            }
            maintenance.begin(stage);
        }
        maintenance.end();
        if (lock.isLost()) {
            return abandoned(problems);
        }
        return unrestored || !problems.isEmpty() && leavesStopped()
                ? notRestored(problems, Outcome.FAILED)
                : readied(stages, problems);
    }

    /** What ended because of what others did does not say that it was interrupted: it says why. */
    private List<Diagnostic> blamed(List<Diagnostic> problems) {
        List<Diagnostic> failures = maintenance.failures();
        return Stream.concat(
                        failures.stream(),
                        problems.stream()
                                .filter(problem -> failures.isEmpty() || problem.code() != ApplyError.INTERRUPTED))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** With strategy {@code before} workloads wait for a deployment, which does not follow on a run that failed. */
    private boolean leavesStopped() {
        return RecoveryDecision.concernsWorkloads(plan)
                && plan.stages().stream().noneMatch(stage -> stage.name() == StageName.RESTORE);
    }

    /**
     * All workloads are back. That they are not ready for their work fails the run, and undoes nothing.
     *
     * @param unresumed why something is still suspended
     */
    private RunReport readied(List<Stage> stages, List<Diagnostic> unresumed) throws InterruptedException {
        List<Diagnostic> unready = new ArrayList<>(unresumed);
        unready.addAll(awaitReady(stages));
        if (lock.isLost()) {
            return abandoned(unready);
        }
        boolean restored = plan.stages().stream().anyMatch(stage -> stage.name() == StageName.RESTORE);
        return unready.isEmpty()
                ? succeeded()
                : end(outcomeOf(unready), restored ? Recovery.RESTORED : Recovery.NONE, unready);
    }

    private List<Diagnostic> awaitReady(List<Stage> stages) throws InterruptedException {
        List<PlannedStep> started = stages.stream()
                .filter(stage -> stage.name() == StageName.RESTORE)
                .flatMap(stage -> stage.steps().stream())
                .filter(runner::hasSucceeded)
                .toList();
        if (started.isEmpty()) {
            return List.of();
        }
        finished = Optional.of(finish()); // before a wait in which the process may be killed
        return new ReadinessWait(runner, providers, log, observer, clock)
                .run(started, () -> stop.isRaised() || loss.isRaised());
    }

    private List<Diagnostic> guarded(Stage stage) throws InterruptedException {
        SuspensionWatch suspensions = SuspensionWatch.during(stage, plan, providers, this::recordWatched);
        migrating = stage.name() == StageName.MIGRATE;
        try {
            return runner.run(stage, signalFor(stage));
        } finally {
            migrating = false;
            suspensions.end();
        }
    }

    /** On record, too: what was suspended may not be so any more. */
    private void recordWatched(Address address, String message) {
        observer.on(new RunEvent.Note(address + ": " + message));
        unwritten(log.witnessed(new Observation(new TreeMap<>(Map.of(address, message)))));
    }

    /** Workloads come back even when we are asked to stop: that is quick, and no other process would do it. A lost lock ends it. */
    private StopSignal signalFor(Stage stage) {
        return stage.name().bringsBack() ? loss : stop;
    }

    private List<Diagnostic> stopped(Stage stage) {
        return List.of(Diagnostic.error(
                ApplyError.INTERRUPTED,
                "the run was stopped (" + stop.reason().orElseThrow() + ") before stage "
                        + stage.name().word(),
                "Apply the same plan again: the run is resumed."));
    }

    /** Records the databases that this run did not begin as skipped; after a failure it reports them, too. */
    private List<Diagnostic> skipped(List<Stage> stages, List<Diagnostic> problems) {
        SkippedDatabases skipped = SkippedDatabases.of(stages, runner.begun(), log.run(), problems);
        if (skipped.isEmpty() || lock.isLost()) {
            return List.of();
        }
        skipped.steps()
                .forEach(step -> observer.on(new RunEvent.StepSkipped(step.id(), step.address(), skipped.why())));
        unwritten(log.skipped(skipped));
        return outcomeOf(problems) == Outcome.FAILED ? List.of(skipped.problem()) : List.of();
    }

    private void witness(String when) {
        Observation observation = Observation.of(plan, providers);
        if (!observation.lines().isEmpty()) {
            observation.said(when).forEach(line -> observer.on(new RunEvent.Note(line)));
            unwritten(log.witnessed(observation));
        }
    }

    /**
     * Records the state that the run leaves behind. A run that was asked to end does this, too, in a shorter time:
     * workloads are back by now, and the next plan must know what this run did. While a step goes on, or another
     * process holds the lock, the state may still change and is not recorded.
     */
    private void remember(List<Diagnostic> problems) {
        if (lock.isLost() || stillRunning(problems)) {
            return;
        }
        Duration patience = stop.isRaised() ? WHEN_STOPPED : AT_THE_END;
        log.leaving(stateRecording.record(log.run(), plan, patience, why -> observer.on(new RunEvent.Note(why))));
    }

    /**
     * Lets providers do their work at the end of the run, when no step is left. A provider that fails does not affect
     * the run.
     */
    private List<Diagnostic> finish() {
        if (lock.isLost()) {
            return List.of();
        }
        Duration patience = stop.isRaised() ? WHEN_STOPPED : AT_THE_END;
        return plan.changes().stream()
                .filter(change -> !change.unchanged())
                .map(change -> providers.of(change.address()))
                .distinct()
                .flatMap(provider -> provider instanceof RunFinisher able ? Stream.of(able) : Stream.empty())
                .flatMap(able -> finished(able, patience).stream())
                .toList();
    }

    private static List<Diagnostic> finished(RunFinisher provider, Duration patience) {
        try {
            return provider.finish(patience);
        } catch (RuntimeException e) {
            LOG.warn("a provider could not finish its work after the run", e);
            return List.of();
        }
    }

    private static Outcome outcomeOf(List<Diagnostic> problems) {
        boolean onlyInterrupted = problems.stream()
                .allMatch(problem ->
                        problem.code() == ApplyError.INTERRUPTED || problem.code() == ApplyError.STILL_RUNNING);
        return onlyInterrupted ? Outcome.INTERRUPTED : Outcome.FAILED;
    }

    private RunReport succeeded() {
        return end(Outcome.SUCCEEDED, Optional.empty(), maintenance.warnings());
    }

    /** Ends a run that cannot go on, and brings back what it had stopped. */
    RunReport end(List<Diagnostic> problems) throws InterruptedException {
        return recover(problems, Outcome.FAILED);
    }

    /** Goes on with a recovery that a dead process had begun. */
    RunReport recoverAgain() throws InterruptedException {
        List<Diagnostic> failures = log.run().entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .filter(entry ->
                        entry.outcome().filter(StepOutcome.FAILED::equals).isPresent())
                .map(Execution::failedBefore)
                .toList();
        return recover(failures, Outcome.FAILED);
    }

    private static Diagnostic failedBefore(Entry entry) {
        Diagnostic failed = Diagnostic.error(
                ApplyError.FAILED_BEFORE,
                "the run had failed before its process died: " + entry.message(),
                "Fix what failed, then make a new plan.");
        return entry.address().map(failed::about).orElse(failed);
    }

    private RunReport recover(List<Diagnostic> problems, Outcome outcome) throws InterruptedException {
        if (lock.isLost()) {
            return abandoned(problems);
        }
        if (!RecoveryDecision.isDue(plan, log.run())) {
            return end(outcome, Recovery.NONE, problems);
        }
        RecoveryDecision decision = RecoveryDecision.of(plan, stillRunning(problems) ? Optional.empty() : databases());
        observer.on(new RunEvent.RecoveryBegun(decision.reason()));
        record(
                Event.RECOVERY_BEGUN,
                outcome == Outcome.INTERRUPTED ? StepOutcome.INTERRUPTED : StepOutcome.FAILED,
                decision.reason());
        List<Diagnostic> reported = new ArrayList<>(problems);
        reported.addAll(bringBack(StageName.RESUME)); // even where workloads are held
        List<Diagnostic> unrestored = decision.restore() ? bringBack(StageName.RESTORE) : List.of();
        reported.addAll(unrestored);
        if (lock.isLost()) {
            return abandoned(reported);
        }
        boolean held = !decision.restore() && toRestore().findAny().isPresent();
        HeldWorkloads workloads = HeldWorkloads.of(toRestore(), Downtime.of(plan, log.run()));
        if (held) {
            reported.add(workloads.warning(decision.reason()));
        }
        if (!unrestored.isEmpty()) {
            return notRestored(reported, outcome);
        }
        if (held) {
            announcements.recovered(log.run(), Recovery.HELD, workloads.summary(decision.reason()));
            return end(outcome, Recovery.HELD, reported);
        }
        Recovery recovery = RecoveryDecision.concernsWorkloads(plan) ? Recovery.RESTORED : Recovery.NONE;
        announcements.recovered(log.run(), recovery, decision.reason());
        if (!stop.isRaised()) { // else the process has no time left
            reported.addAll(awaitReady(plan.recovery()));
        }
        if (lock.isLost()) {
            return abandoned(reported);
        }
        record(Event.RECOVERY_ENDED, StepOutcome.SUCCEEDED, "");
        return end(outcome, recovery, reported);
    }

    private List<Diagnostic> bringBack(StageName name) throws InterruptedException {
        List<Diagnostic> problems = new ArrayList<>();
        for (Stage stage : plan.recovery()) {
            if (stage.name() == name) {
                problems.addAll(runner.run(stage, loss));
            }
        }
        return problems;
    }

    /** The workloads that a recovery may bring back or hold. */
    private Stream<Address> toRestore() {
        return plan.recovery().stream()
                .filter(stage -> stage.name() == StageName.RESTORE)
                .flatMap(stage -> stage.steps().stream())
                .map(PlannedStep::address);
    }

    /** While a migration goes on, a database that stands still proves nothing. */
    private static boolean stillRunning(List<Diagnostic> problems) {
        return problems.stream().anyMatch(problem -> problem.code() == ApplyError.STILL_RUNNING);
    }

    /** The process that holds the lock now decides; a second hand would only do harm. */
    private RunReport abandoned(List<Diagnostic> problems) {
        Diagnostic lost = HeldLock.lostBecause(lock.loss().orElse(""));
        Set<String> said = new HashSet<>();
        Stream<Diagnostic> others = problems.stream()
                .filter(problem -> !FOR_A_LOST_LOCK.contains(problem.code()))
                .filter(problem -> said.add(problem.summary()));
        Optional<Recovery> recovery = isAllBack() ? Optional.empty() : Optional.of(Recovery.FAILED);
        return new RunReport(
                Optional.of(log.run().ended(clock.instant(), Outcome.INTERRUPTED, recovery)),
                true,
                Stream.concat(Stream.of(lost), others).toList());
    }

    /** Whether nothing is stopped, or each workload that the plan brings back was brought back. */
    private boolean isAllBack() {
        Run run = log.run();
        List<Stage> due = RecoveryDecision.isDue(plan, run) ? plan.recovery() : restoring();
        Set<Address> back = run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .filter(entry ->
                        entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent())
                .filter(entry -> entry.step().filter(bringingBack()::contains).isPresent())
                .flatMap(entry -> entry.address().stream())
                .collect(Collectors.toSet());
        return due.stream()
                .filter(stage -> stage.name() == StageName.RESTORE)
                .flatMap(stage -> stage.steps().stream())
                .allMatch(step -> back.contains(step.address()));
    }

    /** The stages of a plan that only brings back what an earlier run left stopped; else none. */
    private List<Stage> restoring() {
        return plan.stages().stream().allMatch(stage -> stage.name().bringsBack()) ? plan.stages() : List.of();
    }

    /** The ids of the steps that bring workloads back, on the way and in recovery. */
    private Set<String> bringingBack() {
        return Stream.concat(plan.stages().stream(), plan.recovery().stream())
                .filter(stage -> stage.name().bringsBack())
                .flatMap(stage -> stage.steps().stream())
                .map(PlannedStep::id)
                .collect(Collectors.toSet());
    }

    private Optional<List<Resource>> databases() {
        try {
            return Optional.of(providers.refresh(plan.changes().stream()
                    .filter(change -> change.actions().contains("migrate"))
                    .map(change -> change.address().provider())
                    .distinct()
                    .toList()));
        } catch (ChartreuseException unreadable) {
            return Optional.empty();
        }
    }

    private RunReport notRestored(List<Diagnostic> problems, Outcome outcome) {
        Diagnostic failed = Diagnostic.error(
                ApplyError.RESTORE_FAILED,
                "not every workload that was stopped could be brought back",
                "Run `chartreuse restore` as soon as what is named above is fixed; their former state is kept on them.");
        announcements.recovered(log.run(), Recovery.FAILED, "");
        return end(
                outcome,
                Recovery.FAILED,
                Stream.concat(problems.stream(), Stream.of(failed)).toList());
    }

    private RunReport end(Outcome outcome, Recovery recovery, List<Diagnostic> problems) {
        return end(outcome, Optional.of(recovery), problems);
    }

    private RunReport end(Outcome outcome, Optional<Recovery> recovery, List<Diagnostic> problems) {
        witness("after");
        List<Diagnostic> all = new ArrayList<>(problems);
        all.addAll(finished.orElseGet(this::finish));
        lock.shortcoming().ifPresent(all::add);
        remember(problems);
        try {
            log.end(plan, outcome, recovery, RunLog.said(problems));
        } catch (ChartreuseException unwritable) {
            all.add(unrecorded(unwritable));
        }
        announcements.ended(log.run(), RunLog.said(all));
        return new RunReport(Optional.of(log.run()), true, all);
    }

    /** The error when the run's end cannot be recorded: it contains what only this process knows. */
    private Diagnostic unrecorded(ChartreuseException unwritable) {
        Diagnostic why = unwritable.diagnostics().get(0);
        Run run = log.run();
        return Diagnostic.error(
                why.code(),
                why.summary() + ". On record are " + log.recorded() + " of "
                        + run.entries().size()
                        + " entries, and not how the run ended: "
                        + run.outcome().word() + ", "
                        + CommittedChanges.of(plan, run),
                (why.remedy().isBlank() ? "" : why.remedy() + "\n")
                        + "Then apply the same plan again: what is done is not done twice, and the record gets its end.");
    }

    /** A journal that cannot be written now must not keep workloads from coming back. */
    private void record(Event event, StepOutcome outcome, String message) {
        unwritten(log.offer(event, outcome, message));
    }

    private void unwritten(Optional<ChartreuseException> failure) {
        failure.ifPresent(why -> observer.on(new RunEvent.Note("the journal cannot be written: " + why.getMessage())));
    }
}
