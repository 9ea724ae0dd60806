package io.chartreuse.core.session;

import io.chartreuse.core.apply.ApplyError;
import io.chartreuse.core.apply.Provenance;
import io.chartreuse.core.approval.Approval;
import io.chartreuse.core.approval.ApprovalKey;
import io.chartreuse.core.approval.ApprovalRule;
import io.chartreuse.core.approval.ApprovalState;
import io.chartreuse.core.approval.Approvals;
import io.chartreuse.core.approval.Approver;
import io.chartreuse.core.audit.AuditSettings;
import io.chartreuse.core.audit.VerifiedRuns;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.drift.DriftKind;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanBasis;
import io.chartreuse.core.plan.PlanConsistency;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.policy.CheckTime;
import io.chartreuse.core.policy.PlanCircumstances;
import io.chartreuse.core.policy.Policies;
import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.state.RecordTerms;
import io.chartreuse.core.state.ReviewTerms;
import io.chartreuse.core.state.State;
import io.chartreuse.core.store.PlanFile;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What people and rules say of plans: approvals that were given, and rules that plans must keep. */
public final class Review {

    private final Configuration configuration;
    private final ApprovalRule approvalRule;
    private final AuditSettings audit;
    private final SessionContext sessionContext;
    private final Backend backend;
    private Optional<Policies> policies = Optional.empty();
    private Optional<Plan> made = Optional.empty();

    Review(
            Configuration configuration,
            ApprovalRule approvalRule,
            AuditSettings audit,
            SessionContext sessionContext,
            Backend backend) {
        this.audit = audit;
        this.configuration = configuration;
        this.approvalRule = approvalRule;
        this.sessionContext = sessionContext;
        this.backend = backend;
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

    /** Who approved the plan of a run, as its record says. */
    public List<Approver> approvers(Run run) {
        List<String> keys = run.evidence().approvals();
        List<Approval> stored = keys.isEmpty() ? List.of() : new Approvals(backend.approvals()).of(run.planId());
        return keys.stream()
                .map(key -> approver(
                        key,
                        stored.stream()
                                .filter(approval -> approval.key().fingerprint().equals(key))
                                .findFirst()))
                .toList();
    }

    /** The fingerprints of keys that approved plans of these runs, and that the configuration does not name now. */
    public List<String> unknownKeys(VerifiedRuns verified) {
        return verified.runs().stream()
                .flatMap(recorded -> recorded.run().evidence().approvals().stream())
                .distinct()
                .filter(key -> approvalRule.key(key).isEmpty())
                .sorted()
                .toList();
    }

    private Approver approver(String fingerprint, Optional<Approval> approval) {
        Optional<ApprovalKey> key = approvalRule.key(fingerprint);
        return new Approver(
                fingerprint,
                key.map(ApprovalKey::name).orElse(""),
                key.isPresent(),
                approval.map(Approval::at),
                approval.map(Approval::by));
    }

    /** How far a plan is with its approvals; empty where it needs none. */
    public Optional<ApprovalState> approvalState(Plan plan) {
        return approvalRule.state(plan, approvals(plan));
    }

    /** The fingerprints of the keys that approved a plan, where it has as many approvals as it needs. */
    List<String> required(Plan plan) {
        return approvalRule.require(plan, approvals(plan)).stream()
                .map(approval -> approval.key().fingerprint())
                .sorted()
                .toList();
    }

    /**
     * Keeps an approval of a plan, beside the plan.
     *
     * @param signature of the plan's id
     * @throws ChartreuseException where it would not count: it is by no key of the configuration, or the plan was made
     *                             for another release
     */
    public Approval approve(Plan plan, byte[] signature) {
        Provenance.requireRelease(plan, new Release(configuration.release(), configuration.namespace()));
        PlanConsistency.require(plan);
        ApprovalKey key = approvalRule.signer(plan, signature);
        backend.plans().save(PlanFile.artifact(plan));
        Approval approval = new Approval(
                plan.id(),
                key,
                Base64.getEncoder().encodeToString(signature),
                sessionContext.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                ThisProcess.actor(sessionContext.environment()).toString());
        new Approvals(backend.approvals()).save(plan, approval);
        return approval;
    }

    /**
     * The rules that plans must keep. They are read only when needed, so that a broken file does not keep the user from
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

    /** A plan was made here: rules judge it by the SQL that runs, not by what it shows of that. */
    void made(Plan plan, List<Resource> resources) {
        made = Optional.of(plan.withRunningSql(resources));
    }

    /** What is asked before a plan is executed; empty where the files of rules cannot be read. */
    Optional<ReviewTerms> terms() {
        SortedMap<String, String> keys = new TreeMap<>();
        approvalRule.keys().forEach(key -> keys.put(key.fingerprint(), key.name()));
        try {
            return Optional.of(
                    new ReviewTerms(approvalRule.required(), keys, policies().terms(), Optional.of(recordTerms())));
        } catch (ChartreuseException unreadable) {
            return Optional.empty();
        }
    }

    private RecordTerms recordTerms() {
        RetentionSetting retention = configuration.retention();
        return new RecordTerms(
                retention.runs().map(Integer::longValue),
                retention.age().map(Duration::toHours),
                audit.signatures().signers(),
                audit.export().digest());
    }

    /**
     * The same resources, with a warning on the databases that are migrated where less is asked of a plan now than when that
     * state was recorded: a reviewer of the plan sees it, and a rule can deny it.
     */
    List<Resource> withLoosened(List<Resource> resources, State last) {
        return loosened(last)
                .map(warning -> resources.stream()
                        .map(resource -> warned(resource, warning))
                        .toList())
                .orElse(resources);
    }

    private static Resource warned(Resource resource, Diagnostic warning) {
        if (resource.role() != Role.MIGRATE || resource.observed().equals(resource.desired())) {
            return resource;
        }
        List<Diagnostic> findings = new ArrayList<>(resource.findings());
        findings.add(warning.about(resource.address()));
        return resource.withFindings(findings);
    }

    /**
     * Refuses a plan that leaves that warning out, or says something else in its place.
     *
     * @throws ChartreuseException where less is asked than after the last run, and the plan does not say so
     */
    void requireSaid(Plan plan, State last) {
        loosened(last)
                .filter(warning -> plan.changes().stream()
                        .filter(change -> change.role() == Role.MIGRATE && !change.unchanged())
                        .anyMatch(change -> change.findings().stream().noneMatch(finding -> isSame(finding, warning))))
                .ifPresent(warning -> {
                    throw new ChartreuseException(
                            Diagnostic.error(
                                    ApplyError.CONTRADICTED,
                                    "plan " + plan.shortId() + " does not say that " + warning.summary(),
                                    "Make a new plan with `chartreuse plan`, review it, apply it. Find out who wrote this one."));
                });
    }

    private static boolean isSame(Diagnostic finding, Diagnostic warning) {
        return finding.code().code().equals(warning.code().code())
                && finding.summary().equals(warning.summary());
    }

    /** A warning if the configuration demands less, or something else, than when that state was recorded. */
    private Optional<Diagnostic> loosened(State last) {
        List<String> sentences =
                last.review().flatMap(then -> terms().map(then::loosened)).orElse(List.of());
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        DriftKind.LOOSENED,
                        "since " + last.run().map(run -> "run " + run).orElse("the record")
                                + " approvals or policy were loosened or changed, or what is asked of the record: "
                                + sessionContext.redactor().redact(String.join("; ", sentences)),
                        DriftKind.LOOSENED.remedy()));
    }

    /** The rules that a plan breaks, as of now. Nothing is refused for them here. */
    public List<RuleViolation> judge(Plan plan) {
        return judge(running(plan), CheckTime.PLAN);
    }

    /**
     * Asks the rules whether a plan may be executed now.
     *
     * @return what only warns
     * @throws ChartreuseException where a rule denies it, with all that it breaks
     */
    public List<RuleViolation> admit(Plan plan) {
        return admitRunning(running(plan));
    }

    private Plan running(Plan plan) {
        return made.filter(known -> known.id().equals(plan.id())).orElse(plan);
    }

    /** The same for a plan that brings the SQL that runs. */
    List<RuleViolation> admitRunning(Plan plan) {
        List<RuleViolation> violations = judge(plan, CheckTime.APPLY);
        if (violations.stream().anyMatch(RuleViolation::denies)) {
            throw new ChartreuseException(
                    violations.stream().map(RuleViolation::diagnostic).toList());
        }
        return violations;
    }

    /** What each rule said of a plan that was admitted, for the record. @param warnings what only warns */
    List<RuleVerdict> verdicts(Plan plan, List<RuleViolation> warnings) {
        return Policies.concern(plan) ? policies().verdicts(plan, CheckTime.APPLY, warnings) : List.of();
    }

    private List<RuleViolation> judge(Plan plan, CheckTime moment) {
        if (!Policies.concern(plan)) {
            return List.of();
        }
        return policies()
                .judge(
                        plan,
                        new PlanCircumstances(
                                moment,
                                sessionContext.clock().instant(),
                                ThisProcess.actor(sessionContext.environment()),
                                moment == CheckTime.PLAN && isUnreached(plan)
                                        ? 0
                                        : approvals(plan).size()),
                        sessionContext.redactor()::redact);
    }

    /** A plan that was just made from a file cannot have approvals yet. */
    private static boolean isUnreached(Plan plan) {
        return plan.basis().filter(basis -> basis.kind() == PlanBasis.Kind.FILE).isPresent();
    }
}
