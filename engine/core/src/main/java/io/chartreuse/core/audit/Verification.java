package io.chartreuse.core.audit;

import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks that the stored record is what was recorded. Reports the first artifact along the chain that is not. */
final class Verification {

    private static final String REMEDY =
            "Find out who may write to the backend and did. Nothing on record from there on "
                    + "is proof of anything: compare it with an earlier `chartreuse audit export`.";

    private static final String FOREIGN_REMEDY =
            "Find out who may write to the backend and did: the record was copied from elsewhere. Where the namespace was moved to"
                    + " another cluster, keep an `audit export` of it, and delete the runs, plans and state that came along.";

    private final Release release;
    private final Map<String, String> place;
    private final Function<String, Plan> plans;
    private final Function<Plan, List<String>> approvers;
    private final Supplier<Optional<State>> state;
    private final AuditChecks checks;

    /**
     * @param release   whose record it is, as the configuration says
     * @param place     what identifies the backend's cluster, by name; what is not known is not compared
     * @param plans     the stored plan of an id; throws where it is missing or not what it should be
     * @param approvers fingerprints of the keys under whose approvals of a plan are stored
     * @param state     what the last run has recorded
     * @param checks    what is asked beside the chain
     */
    Verification(
            Release release,
            Map<String, String> place,
            Function<String, Plan> plans,
            Function<Plan, List<String>> approvers,
            Supplier<Optional<State>> state,
            AuditChecks checks) {
        this.release = release;
        this.place = place;
        this.checks = checks;
        this.plans = plans;
        this.approvers = approvers;
        this.state = state;
    }

    /**
     * Checks them.
     *
     * @param all   oldest first
     * @param unsound stored objects that are damaged or were changed
     * @param known a digest that was noted, which a run must have
     * @throws ChartreuseException that names the first that does not fit
     */
    VerifiedRuns verify(List<RecordedRun> all, List<Diagnostic> unsound, Optional<String> known) {
        unsound.stream().findFirst().ifPresent(problem -> {
            throw failure(AuditError.ARTIFACT_UNSOUND, problem.summary());
        });
        all.forEach(recorded -> requireRelease(recorded.run()));
        RunChain chain = RunChain.of(all);
        chain.runs().forEach(recorded -> check(recorded.run()));
        chain.problem().ifPresent(problem -> {
            throw failure(AuditError.CHAIN_BROKEN, problem);
        });
        checks.unsigned(chain.runs()).ifPresent(problem -> {
            throw failure(AuditError.SIGNATURE_MISSING, problem);
        });
        checks.removals().flatMap(check -> check.problem(chain.runs())).ifPresent(problem -> {
            throw new ChartreuseException(Diagnostic.error(
                    AuditError.REMOVAL_UNDUE,
                    problem,
                    "Find out who did it. Where retention was another one then, name the run that is said to be removed with"
                            + " --removed; compare with an earlier `chartreuse audit export`."));
        });
        VerifiedRuns verified = VerifiedRuns.of(chain.runs());
        checks.differing(release, verified).ifPresent(problem -> {
            throw failure(AuditError.EXPORT_DIFFERS, problem);
        });
        RecordedState.problem(chain.runs(), state.get()).ifPresent(problem -> {
            throw failure(AuditError.STATE_BROKEN, problem);
        });
        known.filter(digest -> !digests(all).contains(digest)).ifPresent(digest -> {
            throw failure(AuditError.DIGEST_UNKNOWN, "no run on record has the digest " + digest);
        });
        return verified;
    }

    private static Set<String> digests(List<RecordedRun> all) {
        return all.stream()
                .flatMap(recorded -> RunDocument.digests(recorded.document()).stream())
                .collect(Collectors.toSet());
    }

    private void requireRelease(Run run) {
        if (!run.release().equals(release)) {
            throw foreign("run " + run.id() + " is on record of release " + release + ", and is a run of release "
                    + SafeText.plain(run.release().toString()));
        }
    }

    private void requirePlace(Run run, Plan plan) {
        place.forEach((name, here) -> {
            String there = plan.identity().getOrDefault(name, here);
            if (!there.equals(here)) {
                throw foreign("run " + run.id() + " executed plan " + plan.shortId() + " in another " + name + ": its "
                        + name + " is " + SafeText.plain(there) + ", this one is " + here);
            }
        });
    }

    private static ChartreuseException foreign(String summary) {
        return new ChartreuseException(Diagnostic.error(AuditError.FOREIGN_RUN, summary, FOREIGN_REMEDY));
    }

    private void check(Run run) {
        Plan plan = plan(run);
        if (!plan.release().equals(run.release())) {
            throw failure(
                    AuditError.PLAN_BROKEN,
                    "run " + run.id() + " of release " + run.release() + " names plan " + plan.shortId()
                            + ", which was made for " + plan.release());
        }
        requirePlace(run, plan);
        if (run.evidence().approvals().isEmpty()) {
            return;
        }
        List<String> there = approvers.apply(plan);
        run.evidence().approvals().stream()
                .filter(key -> !there.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw failure(
                            AuditError.APPROVAL_MISSING,
                            "run " + run.id() + " says that key " + key + " approved plan " + plan.shortId()
                                    + ", and no approval that holds is on record");
                });
    }

    private Plan plan(Run run) {
        try {
            return plans.apply(run.planId());
        } catch (ChartreuseException e) {
            String why = e.diagnostics().get(0).summary();
            throw failure(AuditError.PLAN_BROKEN, "the plan of run " + run.id() + " does not hold: " + why);
        }
    }

    private static ChartreuseException failure(ErrorCode code, String summary) {
        return new ChartreuseException(Diagnostic.error(code, summary, REMEDY));
    }
}
