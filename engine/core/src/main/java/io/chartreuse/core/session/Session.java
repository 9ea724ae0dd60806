package io.chartreuse.core.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.apply.Applier;
import io.chartreuse.core.apply.ApplyRequest;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.approval.Approval;
import io.chartreuse.core.approval.ApprovalKey;
import io.chartreuse.core.approval.ApprovalRule;
import io.chartreuse.core.approval.Approvals;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationLoader;
import io.chartreuse.core.configuration.ConfigurationSchema;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.configuration.SettingPlaces;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.lock.Pause;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.policy.Moment;
import io.chartreuse.core.policy.Occasion;
import io.chartreuse.core.policy.Policies;
import io.chartreuse.core.policy.Violation;
import io.chartreuse.core.refresh.Examination;
import io.chartreuse.core.refresh.Examined;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.refresh.Reading;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.repair.Repairs;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.secret.ReferencedSecrets;
import io.chartreuse.core.secret.SecretVariables;
import io.chartreuse.core.store.PlanFile;
import io.chartreuse.spi.Backend;
import io.chartreuse.spi.BackendFactory;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Context;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Identified;
import io.chartreuse.spi.Lease;
import io.chartreuse.spi.ProviderFactory;
import io.chartreuse.spi.Repair;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Role;
import io.chartreuse.spi.VersionConflict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One configuration, opened: its providers and its backend, and what can be done with them. For one command. */
public final class Session implements AutoCloseable {

    private final Configuration configuration;
    private final Surroundings surroundings;
    private final Providers providers;
    private final Backend backend;
    private final ApprovalRule approvalRule;
    private Optional<Policies> policies = Optional.empty();

    private Session(
            Configuration configuration,
            ApprovalRule approvalRule,
            Surroundings surroundings,
            Providers providers,
            Backend backend) {
        this.configuration = configuration;
        this.approvalRule = approvalRule;
        this.surroundings = surroundings;
        this.providers = providers;
        this.backend = backend;
    }

    /**
     * Reads the configuration and makes what it asks for. Touches neither databases nor cluster.
     *
     * @throws ChartreuseException with all that is wrong with the configuration
     */
    public static Session open(Path file, Surroundings surroundings) {
        return open(ConfigurationText.read(file), surroundings);
    }

    /**
     * The same for a configuration that stands in no file.
     *
     * @throws ChartreuseException with all that is wrong with the configuration
     */
    public static Session open(ConfigurationText text, Surroundings surroundings) {
        Registry registry = surroundings.registry();
        Configuration configuration = new ConfigurationLoader(schema(registry)).load(text);
        Context context = new Context(
                configuration.release(),
                configuration.namespace(),
                configuration.directory(),
                new ReferencedSecrets(
                        surroundings.environment(),
                        configuration.directory(),
                        surroundings.redactor(),
                        SecretVariables.in(configuration.sections().values())),
                surroundings.environment(),
                surroundings.clock());
        ApprovalRule approvalRule = configuration
                .approvals()
                .map(section -> ApprovalRule.of(section, configuration.directory()))
                .orElse(ApprovalRule.NONE);
        Providers providers = providers(text, configuration, registry, context);
        try {
            return new Session(
                    configuration, approvalRule, surroundings, providers, backend(configuration, registry, context));
        } catch (RuntimeException e) {
            providers.close();
            throw e;
        }
    }

    private static Providers providers(
            ConfigurationText text, Configuration configuration, Registry registry, Context context) {
        try {
            return Providers.create(configuration, registry, context);
        } catch (ChartreuseException e) {
            throw SettingPlaces.located(text, e);
        }
    }

    /** The schema of configurations for what is installed. */
    public static ConfigurationSchema schema(Registry registry) {
        Map<String, String> sections = new TreeMap<>();
        registry.providers().forEach((name, factory) -> sections.put(name, factory.configurationSchema()));
        return new ConfigurationSchema(sections);
    }

    private static Backend backend(Configuration configuration, Registry registry, Context context) {
        String type = configuration.backend().type();
        BackendFactory factory = registry.backends().get(type);
        if (factory == null) {
            throw new ChartreuseException(Diagnostic.error(
                    SessionError.UNKNOWN_BACKEND,
                    "backend " + type + " is not installed",
                    "Use one of " + String.join(", ", registry.backends().keySet()) + "."));
        }
        JsonNode section = configuration.sections().getOrDefault(type, Json.object());
        JsonNode settings = configuration.backend().settings();
        return factory.create(settings.isEmpty() ? section : settings, context);
    }

    public Configuration configuration() {
        return configuration;
    }

    public Release release() {
        return new Release(configuration.release(), configuration.namespace());
    }

    /**
     * Reads the world and plans the release.
     *
     * @param install whether the release is being installed, so that no deployment follows that would bring workloads
     *                back in strategy {@code before}
     * @throws ChartreuseException where the world cannot be read, or findings have to be mended first
     */
    public Plan plan(boolean install) {
        policies();
        boolean deploymentFollows = configuration.strategy() == Strategy.BEFORE && !install;
        return plan(deploymentFollows ? Intent.MIGRATE : Intent.MIGRATE_AND_RESTORE, providers.names());
    }

    /** Plans to bring back what was left in maintenance; asks no database. */
    public Plan planRestore() {
        return plan(Intent.RESTORE, maintainers());
    }

    /** Those whose resources may have been left in maintenance. */
    private List<String> maintainers() {
        Map<String, ProviderFactory> factories = surroundings.registry().providers();
        return providers.names().stream()
                .filter(name -> factories.get(name).roles().contains(Role.QUIESCE)
                        || factories.get(name).roles().contains(Role.SUSPEND))
                .toList();
    }

    private Plan plan(Intent intent, List<String> names) {
        List<Resource> resources = intent == Intent.RESTORE
                ? providers.refresh(names).stream().map(Session::tolerated).toList()
                : providers.refresh(names);
        refuseErrors(resources);
        return Planner.plan(
                new PlanRequest(
                        release(),
                        configuration.strategy(),
                        configuration.onFailure(),
                        configuration.digest(),
                        names,
                        Version.current(),
                        surroundings.clock().instant()),
                Differ.diff(resources, intent));
    }

    /** What is wrong with a gate or a safeguard keeps no workload from coming back; it is told. */
    private static Resource tolerated(Resource resource) {
        return resource.role() == Role.QUIESCE
                ? resource
                : resource.withFindings(resource.findings().stream()
                        .map(finding -> Diagnostic.warning(finding.code(), finding.summary(), finding.remedy())
                                .about(resource.address()))
                        .toList());
    }

    /** All findings are shown, so that warnings which explain an error come with it. */
    private static void refuseErrors(List<Resource> resources) {
        List<Diagnostic> findings = new ArrayList<>();
        for (Resource resource : resources) {
            resource.findings()
                    .forEach(finding ->
                            findings.add(finding.address().isPresent() ? finding : finding.about(resource.address())));
        }
        if (findings.stream().anyMatch(Diagnostic::isError)) {
            throw new ChartreuseException(findings);
        }
    }

    /** Stores a plan, so that it can be applied by its id and audited. */
    public void save(Plan plan) {
        backend.plans().save(PlanFile.artifact(plan));
    }

    /**
     * The plan of the newest run, where that did not finish and can go on in the world as it is. Empty also where a
     * newer configuration or other migrations have taken its place.
     */
    public Optional<Plan> resumable() {
        List<Run> runs = audit().runs();
        Optional<Run> unfinished = runs.stream()
                .reduce((older, newer) -> newer)
                .filter(run -> run.outcome().isUnfinished())
                .filter(run -> backend.plans().find(run.planId()).isPresent());
        return unfinished
                .map(run -> audit().plan(run.planId()))
                .filter(plan -> plan.configurationDigest().equals(configuration.digest()))
                .filter(plan -> Applier.canResume(plan, providers.refresh(plan.providers())));
    }

    /**
     * Executes a plan.
     *
     * @throws ChartreuseException where nothing was touched; see {@link Applier#apply}
     */
    public RunReport apply(Plan plan, ApplyOptions options) throws InterruptedException {
        List<String> approvals = approvalRule.require(plan, approvals(plan)).stream()
                .map(approval -> approval.key().fingerprint())
                .sorted()
                .toList();
        Actor actor = ThisProcess.actor(surroundings.environment(), plan.isEmpty() ? Optional.empty() : account());
        Applier applier = new Applier(
                providers,
                backend,
                surroundings.clock(),
                Pause.REAL,
                surroundings.redactor()::redact,
                admitted -> admit(admitted, options.observer()));
        return applier.apply(new ApplyRequest(
                plan,
                release(),
                configuration.digest(),
                actor,
                Version.current(),
                options.parallelism(),
                new LockRequest(actor.toString(), LockRequest.DEFAULT_DURATION, options.patience()),
                options.stop(),
                options.observer(),
                approvals));
    }

    private Optional<String> account() {
        return backend instanceof Identified able ? able.account() : Optional.empty();
    }

    /** Which approvals plans need. */
    public ApprovalRule approvalRule() {
        return approvalRule;
    }

    /** The approvals of a plan that count here, oldest first. */
    public List<Approval> approvals(Plan plan) {
        return approvalRule.keys().isEmpty()
                ? List.of()
                : approvalRule.counting(plan, new Approvals(backend.approvals()).of(plan));
    }

    /**
     * Keeps an approval of a plan, beside the plan.
     *
     * @param signature of the plan's id
     * @throws ChartreuseException where it would not count: it is by no key of the configuration, or the plan was made
     *                             for another release
     */
    public Approval approve(Plan plan, byte[] signature) {
        Applier.checkRelease(plan, release());
        ApprovalKey key = approvalRule.signer(plan, signature);
        save(plan);
        Approval approval = new Approval(
                plan.id(),
                key,
                Base64.getEncoder().encodeToString(signature),
                surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                ThisProcess.actor(surroundings.environment()).toString());
        new Approvals(backend.approvals()).save(plan, approval);
        return approval;
    }

    /**
     * The rules that plans must keep. Read when they are asked for, so that a file that is broken keeps nobody from
     * bringing workloads back.
     *
     * @throws ChartreuseException with all that is wrong with their files
     */
    public Policies policies() {
        if (policies.isEmpty()) {
            policies = Optional.of(Policies.read(configuration.policies()));
        }
        return policies.get();
    }

    /** The rules that a plan breaks, as of now. Nothing is refused for them here. */
    public List<Violation> judge(Plan plan) {
        return judge(plan, Moment.PLAN);
    }

    private List<Violation> judge(Plan plan, Moment moment) {
        if (!Policies.concern(plan)) {
            return List.of();
        }
        Actor actor = ThisProcess.actor(surroundings.environment());
        return policies()
                .judge(
                        plan,
                        new Occasion(
                                moment,
                                surroundings.clock().instant(),
                                actor,
                                approvals(plan).size()));
    }

    /**
     * Asks the rules whether a plan may be executed now.
     *
     * @return what only warns
     * @throws ChartreuseException where a rule denies it, with all that it breaks
     */
    public List<Violation> admit(Plan plan) {
        List<Violation> violations = judge(plan, Moment.APPLY);
        if (violations.stream().anyMatch(Violation::denies)) {
            throw new ChartreuseException(
                    violations.stream().map(Violation::diagnostic).toList());
        }
        return violations;
    }

    private void admit(Plan plan, RunObserver observer) {
        admit(plan)
                .forEach(violation ->
                        observer.on(new RunEvent.Note(violation.diagnostic().summary())));
    }

    public AuditTrail audit() {
        return new AuditTrail(backend);
    }

    /**
     * How the release stands, as far as it can be read: what a provider or the backend cannot tell is among the
     * problems, and the rest is there.
     */
    public ReleaseStatus status() {
        List<Diagnostic> problems = new ArrayList<>();
        Optional<Lease> lock = told(() -> backend.lock().read(), problems);
        Optional<Run> lastRun = told(() -> audit().runs().stream().reduce((older, newer) -> newer), problems);
        boolean recorded = problems.isEmpty();
        Optional<Plan> lastPlan =
                lastRun.flatMap(run -> told(() -> Optional.of(audit().plan(run.planId())), new ArrayList<>()));
        Reading reading = providers.read(providers.names());
        problems.addAll(reading.problems());
        return new ReleaseStatus(
                release(),
                lock,
                lastRun,
                lastPlan,
                reading.resources(),
                recorded,
                problems.stream().distinct().toList());
    }

    private static <T> Optional<T> told(Supplier<Optional<T>> reading, List<Diagnostic> problems) {
        try {
            return reading.get();
        } catch (ChartreuseException e) {
            problems.addAll(e.diagnostics());
            return Optional.empty();
        }
    }

    /** Whether all is there that a plan could need. Touches nothing. */
    public List<Examined> examine() {
        return Examination.of(providers, backend, surroundings.clock());
    }

    /** What failed half-way and would be cleared away. Changes nothing. */
    public List<Repair> repairs() {
        return new Repairs(providers).find();
    }

    /**
     * Does these repairs under the lock, in this order.
     *
     * @param patience how long to wait for another run that is alive
     * @param done     told of each when it is done
     * @throws ChartreuseException where the lock is not to be had, or a repair fails; those after it are not begun
     */
    public void repair(List<Repair> repairs, Duration patience, Consumer<Repair> done) throws InterruptedException {
        Actor actor = ThisProcess.actor(surroundings.environment());
        LockRequest request = new LockRequest(actor.toString(), LockRequest.DEFAULT_DURATION, patience);
        new Repairs(providers).execute(repairs, backend.lock(), request, surroundings.clock(), done);
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
        providers.close();
        backend.close();
    }
}
