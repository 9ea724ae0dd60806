package io.chartreuse.core.session;

import io.chartreuse.core.apply.Applier;
import io.chartreuse.core.apply.ApplyRequest;
import io.chartreuse.core.apply.Hooks;
import io.chartreuse.core.apply.LeftStopped;
import io.chartreuse.core.apply.PlanTerms;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.approval.ApprovalRule;
import io.chartreuse.core.audit.AuditChecks;
import io.chartreuse.core.audit.AuditSettings;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.audit.ExportedRuns;
import io.chartreuse.core.audit.PruneResult;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.audit.RemovalCheck;
import io.chartreuse.core.audit.Retention;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.drift.MissingRecord;
import io.chartreuse.core.lock.HeldLock;
import io.chartreuse.core.lock.LockClock;
import io.chartreuse.core.lock.LockFence;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.lock.RunLock;
import io.chartreuse.core.lock.Sleeper;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanBasis;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.policy.Policies;
import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.core.refresh.PreflightResult;
import io.chartreuse.core.refresh.PreflightRun;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.repair.Repairs;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.core.state.Recorder;
import io.chartreuse.core.state.ReviewTerms;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateMaker;
import io.chartreuse.core.store.PlanFile;
import io.chartreuse.core.store.StateFile;
import io.chartreuse.spi.backend.AccountAware;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Repair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configuration, opened: its providers and its backend, and what can be done with them. For one command. */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Configuration configuration;
    private final AuditSettings audit;
    private final SessionContext sessionContext;
    private final Providers providers;
    private final Backend backend;
    private final LockFence fence;
    private Optional<RunLock> held = Optional.empty();
    private Optional<String> restoration = Optional.empty();
    private final Planning planning;
    private final Review review;

    Session(
            Configuration configuration,
            ApprovalRule approvalRule,
            AuditSettings audit,
            SessionContext sessionContext,
            Providers providers,
            Backend backend,
            LockFence fence) {
        this.configuration = configuration;
        this.audit = audit;
        this.sessionContext = sessionContext;
        this.providers = providers;
        this.backend = backend;
        this.fence = fence;
        this.review = new Review(configuration, approvalRule, audit, sessionContext, backend);
        this.planning = new Planning(configuration, sessionContext, providers, backend, review);
    }

    /**
     * Reads the configuration and makes what it asks for. Touches neither databases nor cluster.
     *
     * @throws ChartreuseException with all that is wrong with the configuration
     */
    public static Session open(Path file, SessionContext sessionContext) {
        return open(ConfigurationText.read(file), sessionContext);
    }

    /**
     * The same for a configuration that stands in no file.
     *
     * @throws ChartreuseException with all that is wrong with the configuration
     */
    public static Session open(ConfigurationText text, SessionContext sessionContext) {
        return new SessionFactory(text, sessionContext).open();
    }

    public Configuration configuration() {
        return configuration;
    }

    public Release release() {
        return new Release(configuration.release(), configuration.namespace());
    }

    /**
     * Reads the resources and plans the release.
     *
     * @param install whether the release is being installed, so that no deployment follows that would bring workloads
     *                back in strategy {@code before}
     * @throws ChartreuseException if the resources cannot be read, or findings have to be fixed first
     */
    public Plan plan(boolean install) {
        review.policies();
        return planning.plan(install);
    }

    /**
     * Plans the release from the recorded state of its databases after the last run, without connecting to them.
     *
     * @throws ChartreuseException if no state is recorded, or findings have to be fixed first
     */
    public Plan planRecorded(boolean install) {
        review.policies();
        return planning.plan(states().recorded(), PlanBasis.Kind.RECORDED, install);
    }

    /**
     * Plans the release from a file alone, without connecting to databases or the cluster.
     *
     * @throws ChartreuseException if that is not a state of this release, or findings have to be fixed first
     */
    public Plan planFrom(Path file, boolean install) {
        review.policies();
        return planning.plan(StateFile.read(file, release()), PlanBasis.Kind.FILE, install);
    }

    /** How the release stands, whole. */
    public ReleaseStates states() {
        return new ReleaseStates(providers, backend.state(), maker(review.terms()), sessionContext.clock());
    }

    /** Plans to bring back what was left in maintenance; asks no database. */
    public Plan planRestore() {
        Plan plan = planning.planRestore();
        restoration = Optional.of(plan.id());
        return plan;
    }

    /** Stores a plan, so that it can be applied by its id and audited. */
    public void save(Plan plan) {
        backend.plans().save(PlanFile.artifact(plan));
    }

    /**
     * The plan of the newest run, where that did not finish and can go on in the world as it is. Empty also where a newer
     * configuration or other migrations have taken its place, where the plan is not what would be planned now, and where it
     * migrates nothing: a new plan brings workloads back, too.
     */
    public Optional<Plan> resumable() {
        return audit().records().stream()
                .reduce((older, newer) -> newer)
                .filter(record -> audit.believes(record.document().toString(), release()))
                .map(RecordedRun::run)
                .filter(run -> run.outcome().isUnfinished())
                .flatMap(run -> readable(run.planId()))
                .filter(plan -> plan.configurationDigest().equals(configuration.digest()))
                .filter(plan -> plan.release().equals(release()))
                .filter(plan -> plan.changes().stream()
                        .anyMatch(change -> change.actions().contains("migrate")))
                .filter(plan -> providers.names().containsAll(plan.providers()))
                .filter(this::canResume);
    }

    private boolean canResume(Plan plan) {
        ApplyOptions options =
                new ApplyOptions(1, Duration.ZERO, new StopSignal(sessionContext.clock()), RunObserver.NONE);
        Actor actor = ThisProcess.actor(sessionContext.environment());
        return applier(actor, options.observer()).canResume(request(plan, options, actor, List.of()));
    }

    /** A stored plan that was replaced cannot be resumed. */
    private Optional<Plan> readable(String id) {
        try {
            return Optional.of(audit().plan(id));
        } catch (ChartreuseException unreadable) {
            LOG.debug("the plan of the newest run cannot be read", unreadable);
            return Optional.empty();
        }
    }

    /**
     * Executes a plan.
     *
     * @throws ChartreuseException where nothing was touched; see {@link Applier#apply}
     */
    public RunReport apply(Plan plan, ApplyOptions options) throws InterruptedException {
        if (!plan.configurationDigest().equals(configuration.digest()) && Policies.concern(plan)) {
            review.policies(); // a file of rules that is broken is more than another one
        }
        List<String> approvals = required(plan);
        Actor actor = ThisProcess.actor(sessionContext.environment(), plan.isEmpty() ? Optional.empty() : account());
        Applier applier = applier(actor, options.observer());
        ApplyRequest request = request(plan, options, actor, approvals);
        return held.isPresent() && !plan.isEmpty() ? applier.apply(request, held.get()) : applier.apply(request);
    }

    private List<String> required(Plan plan) {
        try {
            return review.required(plan);
        } catch (ChartreuseException missing) {
            boolean begun = audit().runs().stream()
                    .anyMatch(run ->
                            run.planId().equals(plan.id()) && run.outcome().isUnfinished());
            throw begun ? LeftStopped.unread(missing) : missing;
        }
    }

    private Applier applier(Actor actor, RunObserver observer) {
        return new Applier(
                providers,
                backend,
                LockClock.real(sessionContext.clock()),
                fence,
                sessionContext.redactor()::redact,
                new Hooks(
                        admitted -> admit(admitted, observer),
                        (run, executed, patience, report) ->
                                recorder(executed).record(run.id(), executed.providers(), patience, report),
                        new RetentionAfterRun(retention(), sessionContext.clock(), actor.toString(), observer),
                        audit.records(release(), note -> observer.on(new RunEvent.Note(note)))));
    }

    private ApplyRequest request(Plan plan, ApplyOptions options, Actor actor, List<String> approvals) {
        return new ApplyRequest(
                plan,
                release(),
                configuration.digest(),
                configuration.settings(),
                terms(plan),
                actor,
                Version.current(),
                options.parallelism(),
                new LockRequest(actor.toString(), LockRequest.DEFAULT_DURATION, options.patience()),
                options.stop(),
                options.observer(),
                approvals);
    }

    private PlanTerms terms(Plan plan) {
        return new PlanTerms(
                configuration.strategy(),
                configuration.onFailure(),
                configuration.retention().plans(),
                restoration.filter(plan.id()::equals).isPresent());
    }

    /**
     * Takes the lock before a plan is made, so that the plan is made from what the run before has left. It is given
     * back with {@link #letGo}, at the latest when the session is closed.
     *
     * @param patience how long to wait for a run that is alive
     * @param notes    receives what is waited for
     * @throws ChartreuseException if the lock cannot be taken
     */
    public void hold(Duration patience, Consumer<String> notes) throws InterruptedException {
        if (held.isEmpty()) {
            held = Optional.of(take(patience, notes));
            providers.unblock(notes);
        }
    }

    /**
     * The same for a run that only brings workloads back: if no process holds the lock and it cannot be taken, the run
     * goes on without it.
     *
     * @param patience how long to wait for a run that is alive
     * @param notes    receives what is waited for
     * @throws ChartreuseException where another run holds the lock
     */
    public void holdAnyway(Duration patience, Consumer<String> notes) throws InterruptedException {
        if (held.isEmpty()) {
            RunLock lock = HeldLock.acquireAnyway(
                    backend.lock(), request(patience), LockClock.real(sessionContext.clock()), Sleeper.REAL, notes);
            fence.hold(lock);
            held = Optional.of(lock);
        }
    }

    /** Gives back what {@link #hold} took. */
    public void letGo() {
        held.ifPresent(RunLock::close);
    }

    /** The review terms are recorded only after plans that migrate: only such plans warn if the terms were loosened. */
    private Recorder recorder(Plan executed) {
        boolean migrates =
                executed.changes().stream().anyMatch(change -> change.actions().contains("migrate"));
        StateMaker maker = maker(migrates ? review.terms() : Optional.empty());
        return new Recorder(providers, backend.state(), maker, sessionContext.clock());
    }

    private StateMaker maker(Optional<ReviewTerms> terms) {
        return new StateMaker(
                release(), Version.current(), configuration.digest(), configuration.sectionDigests(), terms);
    }

    private Optional<String> account() {
        return backend instanceof AccountAware able ? able.account() : Optional.empty();
    }

    private List<RuleVerdict> admit(Plan plan, RunObserver observer) {
        Optional<State> last = LastState.reading(backend.state(), release()).get();
        last.ifPresent(state -> review.requireSaid(plan, state));
        List<RuleViolation> warnings = review.admitRunning(plan.withFindings(MissingRecord.said(plan.changes(), last)));
        warnings.forEach(
                warning -> observer.on(new RunEvent.Note(warning.diagnostic().summary())));
        return review.verdicts(plan, warnings);
    }

    private Retention retention() {
        return new Retention(backend, configuration.retention(), audit.signatures());
    }

    /** What retention would remove from the record. Changes nothing. */
    public PruneResult surplus() {
        return retention().find(sessionContext.clock().instant());
    }

    /**
     * Removes it from the record, under the lock.
     *
     * @param patience how long to wait for a run that is alive
     * @throws ChartreuseException if the lock cannot be taken, the record is not sound, or something cannot be removed
     */
    public PruneResult prune(Duration patience) throws InterruptedException {
        String actor = ThisProcess.actor(sessionContext.environment()).toString();
        try (HeldLock lock = take(patience, LOG::info)) {
            return retention().prune(sessionContext.clock().instant(), actor, Integer.MAX_VALUE, () -> !lock.isLost());
        }
    }

    private HeldLock take(Duration patience, Consumer<String> notes) throws InterruptedException {
        HeldLock lock = HeldLock.acquire(
                backend.lock(), request(patience), LockClock.real(sessionContext.clock()), Sleeper.REAL, notes);
        fence.hold(lock);
        return lock;
    }

    private LockRequest request(Duration patience) {
        String actor = ThisProcess.actor(sessionContext.environment()).toString();
        return new LockRequest(actor, LockRequest.DEFAULT_DURATION, patience);
    }

    /** Whether a run may do what it has to. */
    public MissingRights rights() {
        return new MissingRights(providers, backend);
    }

    /** What people and rules say of plans. */
    public Review review() {
        return review;
    }

    public AuditTrail audit() {
        return audit(Optional.empty(), Optional.empty());
    }

    /**
     * The same, asking more of the record.
     *
     * @param removed  a run that retention rightly removed with all before it, as the user knows
     * @param exported what the record is compared with
     */
    public AuditTrail audit(Optional<String> removed, Optional<ExportedRuns> exported) {
        RemovalCheck check = new RemovalCheck(
                configuration.retention(), sessionContext.clock().instant(), removed);
        Optional<ExportedRuns> compared = audit.export().isSet() ? exported.map(ExportedRuns::complete) : exported;
        return new AuditTrail(backend, release(), new AuditChecks(audit.signatures(), Optional.of(check), compared));
    }

    /**
     * How the release stands, as far as it can be read: what a provider or the backend cannot tell is among the
     * problems, and the rest is there.
     */
    public ReleaseStatus status() {
        return new StatusReading(this, providers, backend, sessionContext.clock()).status();
    }

    /** The same, with what has moved since the last run. */
    public ReleaseStatus statusWithDrift() {
        return new StatusReading(this, providers, backend, sessionContext.clock()).withDrift();
    }

    /** Whether all is there that a plan could need. Touches nothing. */
    public List<PreflightResult> examine() {
        return PreflightRun.of(providers, backend, sessionContext.clock());
    }

    /** What failed half-way and would be cleared away. Changes nothing. */
    public List<Repair> repairs() {
        return new Repairs(providers).find();
    }

    /**
     * Executes these repairs under the lock, in this order.
     *
     * @param patience how long to wait for another run that is alive
     * @param done     called for each repair when it is done
     * @throws ChartreuseException if the lock cannot be taken, or a repair fails; those after it are not begun
     */
    public void repair(List<Repair> repairs, Duration patience, Consumer<Repair> done) throws InterruptedException {
        try (HeldLock lock = take(patience, LOG::info)) {
            new Repairs(providers).execute(repairs, lock, done);
        }
    }

    /** Who holds the lock. */
    public Optional<Lease> lock() {
        return backend.lock().read();
    }

    /**
     * Takes the lock from a holder that is known to be dead.
     *
     * @return false where it has changed hands, or was renewed, since it was read
     */
    public boolean unlock(Lease lease) {
        try {
            backend.lock().delete(lease);
            return true;
        } catch (VersionConflict alive) {
            return false;
        }
    }

    @Override
    public void close() {
        letGo();
        providers.close();
        backend.close();
    }
}
