package io.chartreuse.core.apply;

import io.chartreuse.core.lock.HeldLock;
import io.chartreuse.core.lock.LockClock;
import io.chartreuse.core.lock.LockFence;
import io.chartreuse.core.lock.RunLock;
import io.chartreuse.core.lock.Sleeper;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.refresh.PreflightRun;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.core.store.PlanFile;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Executes plans. Nothing is touched before the plan was found fresh, under the lock. A plan is executed once; a run
 * that did not finish is resumed by applying its plan again.
 */
public final class Applier {

    private final Providers providers;
    private final Backend backend;
    private final LockClock timing;
    private final Clock clock;
    private final LockFence fence;
    private final UnaryOperator<String> redact;
    private final Hooks hooks;
    private final Journal journal;

    /** @param redact masks secrets in what is recorded */
    public Applier(Providers providers, Backend backend, LockClock timing, UnaryOperator<String> redact) {
        this(providers, backend, timing, new LockFence(), redact, Hooks.NONE);
    }

    /**
     * @param fence  that the providers and the backend ask before they write
     * @param redact masks secrets in what is recorded
     */
    public Applier(
            Providers providers,
            Backend backend,
            LockClock timing,
            LockFence fence,
            UnaryOperator<String> redact,
            Hooks hooks) {
        this.providers = providers;
        this.backend = backend;
        this.timing = timing;
        this.clock = timing.clock();
        this.fence = fence;
        this.redact = redact;
        this.hooks = hooks;
        this.journal = hooks.records().through(backend.journal());
    }

    /**
     * Executes a plan to its end, recovery included.
     *
     * @throws ChartreuseException  where nothing was touched: the plan is stale, of another release, spent, not admitted;
     *                              the lock is held; the world cannot be read
     * @throws InterruptedException where this thread was interrupted; prefer {@link StopSignal}
     */
    public RunReport apply(ApplyRequest request) throws InterruptedException {
        Provenance.require(request, providers.names());
        if (request.plan().isEmpty()) {
            requireNothingToDo(request);
            return RunReport.nothingToDo();
        }
        try (RunLock lock = hold(request)) {
            return applyUnder(unblocked(request, lock), request);
        }
    }

    /**
     * The same under a lock that is held already, as where the plan was made under it.
     *
     * @throws ChartreuseException  as {@link #apply(ApplyRequest)} does
     * @throws InterruptedException as {@link #apply(ApplyRequest)} does
     */
    public RunReport apply(ApplyRequest request, RunLock lock) throws InterruptedException {
        Provenance.require(request, providers.names());
        refuseStopped(request.stop());
        return applyUnder(lock, request);
    }

    private RunReport applyUnder(RunLock lock, ApplyRequest request) throws InterruptedException {
        RunReport report = underLock(request, lock);
        if (report.executed()) {
            report.run().ifPresent(run -> hooks.afterRun().after(run, () -> !lock.isLost()));
        }
        return report;
    }

    private RunLock hold(ApplyRequest request) throws InterruptedException {
        Sleeper turn = pauseUntil(request.stop());
        Consumer<String> notes = note -> request.observer().on(new RunEvent.Note(note));
        RunLock held = bringsBack(request.plan().stages())
                ? HeldLock.acquireAnyway(backend.lock(), request.lock(), timing, turn, notes)
                : HeldLock.acquire(backend.lock(), request.lock(), timing, turn, notes);
        fence.hold(held);
        return held;
    }

    /** Not for a plan that only brings back: what it resumes is among its steps. */
    private RunLock unblocked(ApplyRequest request, RunLock lock) throws InterruptedException {
        if (!bringsBack(request.plan().stages())) {
            providers.unblock(note -> request.observer().on(new RunEvent.Note(note)));
        }
        return lock;
    }

    /** Whether nothing is stopped or migrated, so that neither a record nor the lock is needed. */
    private static boolean bringsBack(List<Stage> stages) {
        return stages.stream().allMatch(stage -> stage.name().bringsBack());
    }

    /**
     * A plan that does nothing lets its caller believe that nothing is pending. It may be an old one, or made from a record
     * that was wrong. Nothing is touched, so the lock is not needed.
     */
    private void requireNothingToDo(ApplyRequest request) throws InterruptedException {
        PlanChecks checks = checks(request);
        checks.requireNew(providers.refresh(request.plan().providers()));
    }

    private PlanChecks checks(ApplyRequest request) {
        return new PlanChecks(request, providers, timing, redact);
    }

    /** Waits for the lock no longer than until the run is asked to stop. */
    private Sleeper pauseUntil(StopSignal stop) {
        return duration -> {
            refuseStopped(stop);
            timing.pause().sleep(duration);
        };
    }

    private static void refuseStopped(StopSignal stop) {
        if (stop.isRaised()) {
            throw new ChartreuseException(Diagnostic.error(
                    ApplyError.INTERRUPTED,
                    "the run was stopped (" + stop.reason().orElseThrow() + ") before it began; nothing was touched",
                    "Run it again."));
        }
    }

    /**
     * Whether a run of this plan that did not finish can go on in the world as it is, with all that is left of it as it would
     * be planned now. Policies and approvals are asked when it goes on.
     */
    public boolean canResume(ApplyRequest request) {
        List<Resource> resources = providers.refresh(request.plan().providers());
        Optional<StoredRun> former = new RunRecords(journal, hooks.records()::believes)
                .latestOf(request.plan().id());
        PlanChecks checks = checks(request);
        return checks.isResumable(resources)
                || !lost(former, request.plan(), resources).isEmpty() && checks.mayBringBack(resources);
    }

    private RunReport underLock(ApplyRequest request, RunLock lock) throws InterruptedException {
        Plan plan = request.plan();
        RunRecords records = new RunRecords(journal, hooks.records()::believes);
        Optional<StoredRun> onRecord = records.latestOf(plan.id());
        onRecord.filter(stored -> !hasSucceeded(stored)).ifPresent(stored -> refuseSpent(stored.run(), records));
        Provenance.requirePlace(plan, backend);
        List<Resource> resources = providers.refresh(plan.providers());
        Optional<StoredRun> succeeded = onRecord.filter(Applier::hasSucceeded);
        if (succeeded.isPresent() && TargetCheck.isReached(plan, resources)) {
            return RunReport.alreadyDone(succeeded.get().run());
        }
        succeeded.ifPresent(stored -> observe(
                request,
                "run " + stored.run().id()
                        + " says that this plan was carried out, and " + TargetCheck.missed(plan, resources)
                        + ": it is checked like a plan that was never executed"));
        Optional<StoredRun> former = onRecord.filter(stored -> !hasSucceeded(stored));
        List<Diagnostic> lost = lost(former, plan, resources);
        if (!lost.isEmpty()) {
            admitResumed(request, resources, true);
            return endLost(request, lock, former, records, lost);
        }
        boolean recovering =
                former.filter(stored -> hasUnfinishedRecovery(stored.run())).isPresent();
        List<Stage> stages = former.isPresent() ? TargetCheck.remaining(plan, resources) : plan.stages();
        boolean bringsBack = recovering || bringsBack(stages);
        boolean exempt = recovering || onlyBringingBackIsLeft(request, stages, resources);
        Admitted admitted = former.isEmpty() ? admitNew(request, resources) : admitResumed(request, resources, exempt);
        if (!recovering) { // a recovery brings back what it can, whatever is missing
            preflight(plan, bringsBack);
        }
        RunLog log = bringsBack
                ? beginAnyway(request, former, records, admitted)
                : begin(request, former, records, admitted);
        if (former.isEmpty()) {
            log.found(new EarlierStops(records::newestFirst, backend.plans()).of(plan, resources, clock.instant()));
        }
        Announcements announcements = Announcements.through(backend, redact);
        announcements.begun(log.run(), former.isPresent());
        Execution execution =
                new Execution(request, providers, log, lock, clock, announcements, hooks.stateRecording());
        return recovering ? execution.recoverAgain() : execution.forward(stages);
    }

    private List<Diagnostic> lost(Optional<StoredRun> former, Plan plan, List<Resource> resources) {
        return former.map(stored -> RecordedWork.lost(stored.run(), plan, resources, providers))
                .orElse(List.of());
    }

    /** What is missing was never said: the run ends with it, and a person decides before it is done again. */
    private RunReport endLost(
            ApplyRequest request, RunLock lock, Optional<StoredRun> former, RunRecords records, List<Diagnostic> lost)
            throws InterruptedException {
        RunLog log = beginAnyway(request, former, records, new Admitted(Optional.empty()));
        Announcements announcements = Announcements.through(backend, redact);
        announcements.begun(log.run(), true);
        return new Execution(request, providers, log, lock, clock, announcements, hooks.stateRecording()).end(lost);
    }

    /** A plan that brings back and leaves out what is pending would let a deployment go on without its migrations. */
    private boolean onlyBringingBackIsLeft(ApplyRequest request, List<Stage> stages, List<Resource> resources) {
        boolean complete =
                request.plan().providers().containsAll(providers.names()) && !TargetCheck.isPending(resources);
        return bringsBack(stages) && (complete || request.terms().restoreOnly());
    }

    private static boolean hasSucceeded(StoredRun stored) {
        return stored.run().outcome() == Outcome.SUCCEEDED;
    }

    private static void observe(ApplyRequest request, String note) {
        request.observer().on(new RunEvent.Note(note));
    }

    /** What let the plan pass just now; empty where nothing was asked, and what is on record stays. */
    private record Admitted(Optional<List<RuleVerdict>> verdicts) {}

    private Admitted admitNew(ApplyRequest request, List<Resource> resources) throws InterruptedException {
        notes(request, checks(request).requireNew(resources));
        return new Admitted(Optional.of(hooks.admission().require(request.plan().withRunningSql(resources))));
    }

    /**
     * The record alone lets nothing run: an account that may write it could invent a run that never passed the checks. Steps that
     * only bring workloads back are exempt.
     */
    private Admitted admitResumed(ApplyRequest request, List<Resource> resources, boolean exempt)
            throws InterruptedException {
        try {
            if (exempt) {
                checks(request).requireToBringBack(resources);
                return new Admitted(Optional.empty());
            }
            notes(request, checks(request).requireResumable(resources));
            return new Admitted(
                    Optional.of(hooks.admission().require(request.plan().withRunningSql(resources))));
        } catch (ChartreuseException refused) {
            throw LeftStopped.added(refused, resources);
        }
    }

    private static void notes(ApplyRequest request, List<String> notes) {
        notes.forEach(note -> observe(request, note));
    }

    /**
     * The providers of the plan's changes, and the backend, check what the plan needs; everything missing is reported
     * at once.
     */
    private void preflight(Plan plan, boolean bringsBack) {
        List<Change> changes =
                plan.changes().stream().filter(change -> !change.unchanged()).toList();
        List<Object> concerned = new ArrayList<>();
        changes.stream()
                .map(change -> providers.of(change.address()))
                .distinct()
                .forEach(concerned::add);
        if (!bringsBack) { // that no record can be written is no reason to leave workloads stopped
            concerned.add(backend);
        }
        PreflightRun.require(concerned, changes);
    }

    private static void refuseSpent(Run run, RunRecords records) {
        records.followerOf(run).filter(later -> run.outcome().isUnfinished()).ifPresent(later -> {
            throw new ChartreuseException(Diagnostic.error(
                    ApplyError.EXECUTED,
                    "plan " + Plan.shortId(run.planId()) + " was begun by run " + run.id()
                            + ", which did not finish; run " + later.id() + " of another plan has come after it",
                    "What is on record of a run does not change once another has followed. Make a new plan; what is still"
                            + " stopped comes back with it, or with `chartreuse restore`."));
        });
        if (!run.outcome().isUnfinished()) {
            throw new ChartreuseException(Diagnostic.error(
                    ApplyError.EXECUTED,
                    "plan " + Plan.shortId(run.planId()) + " was executed by run " + run.id() + ", which "
                            + run.outcome().word(),
                    "A plan is executed once. Look at it with `chartreuse audit show " + run.id()
                            + "`, then make a new plan."));
        }
    }

    /** What cannot be put on record is not begun. */
    private RunLog begin(ApplyRequest request, Optional<StoredRun> former, RunRecords records, Admitted admitted) {
        try {
            records.supersedeOthers(request.plan().id(), request.release(), clock.instant());
            return open(request, former, records, admitted);
        } catch (ChartreuseException e) {
            String untouched = former.isPresent() ? "; nothing more was touched" : "; nothing was touched";
            throw new ChartreuseException(
                    e.diagnostics().stream()
                            .map(why -> why.isError()
                                    ? Diagnostic.error(why.code(), why.summary() + untouched, why.remedy())
                                    : why)
                            .toList(),
                    e);
        }
    }

    /** Workloads are brought back whether that can be put on record or not: the end of the run says what is missing. */
    private RunLog beginAnyway(
            ApplyRequest request, Optional<StoredRun> former, RunRecords records, Admitted admitted) {
        Optional<ChartreuseException> unrecorded = attempt(() -> {
            records.supersedeOthers(request.plan().id(), request.release(), clock.instant());
            save(request.plan(), former);
        });
        RunLog log = log(request, former, records, admitted);
        Event event = former.isPresent() ? Event.RUN_RESUMED : Event.RUN_BEGUN;
        Optional<ChartreuseException> unwritten =
                log.offer(event, "by " + request.actor().described());
        request.observer().on(new RunEvent.RunBegun(log.run(), request.plan(), former.isPresent()));
        unrecorded
                .or(() -> unwritten)
                .ifPresent(why -> request.observer()
                        .on(new RunEvent.Note("goes on without a record: "
                                + why.diagnostics().get(0).summary())));
        return log;
    }

    private static Optional<ChartreuseException> attempt(Runnable writes) {
        try {
            writes.run();
            return Optional.empty();
        } catch (ChartreuseException e) {
            return Optional.of(e);
        }
    }

    private RunLog open(ApplyRequest request, Optional<StoredRun> former, RunRecords records, Admitted admitted) {
        save(request.plan(), former);
        RunLog log = log(request, former, records, admitted);
        log.append(
                former.isPresent() ? Event.RUN_RESUMED : Event.RUN_BEGUN,
                "by " + request.actor().described());
        request.observer().on(new RunEvent.RunBegun(log.run(), request.plan(), former.isPresent()));
        return log;
    }

    /** One that came as a file is to be found again, too; that of a run which was begun is there. */
    private void save(Plan plan, Optional<StoredRun> former) {
        if (former.isEmpty()) {
            backend.plans().save(PlanFile.artifact(plan));
        }
    }

    private RunLog log(ApplyRequest request, Optional<StoredRun> former, RunRecords records, Admitted admitted) {
        Run run = former.map(stored -> resumed(stored.run(), request, admitted))
                .orElseGet(() -> newRun(request, records, admitted));
        return new RunLog(
                journal, clock, redact, run, former.map(StoredRun::version).orElse(""), fence);
    }

    private static Run resumed(Run run, ApplyRequest request, Admitted admitted) {
        Run resumed = run.resumedBy(request.actor());
        return admitted.verdicts()
                .map(verdicts -> resumed.with(resumed.evidence().admitted(request.approvals(), verdicts)))
                .orElse(resumed);
    }

    private Run newRun(ApplyRequest request, RunRecords records, Admitted admitted) {
        return new Run(
                RunRecords.newId(clock.instant()),
                request.plan().id(),
                request.release(),
                request.chartreuseVersion(),
                request.actor(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty(),
                Outcome.RUNNING,
                Optional.empty(),
                List.of(),
                new Evidence(
                        records.head(),
                        List.of(),
                        request.approvals(),
                        List.of(),
                        admitted.verdicts().orElse(List.of())));
    }

    /** Whether a recovery from a failure was begun and never came to its end. */
    private static boolean hasUnfinishedRecovery(Run run) {
        int begun = RunLog.last(run, Event.RECOVERY_BEGUN)
                .filter(entry ->
                        entry.outcome().filter(StepOutcome.FAILED::equals).isPresent())
                .map(Entry::sequence)
                .orElse(0);
        int ended = RunLog.last(run, Event.RECOVERY_ENDED).map(Entry::sequence).orElse(0);
        return run.outcome() == Outcome.RUNNING && begun > ended;
    }
}
