package io.chartreuse.core.apply;

import io.chartreuse.core.lock.LockClock;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanConsistency;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Whether a plan is one that would be made now: it is asked before anything is stopped or migrated, on each resumption again. */
final class PlanChecks {

    /** So far may the clocks of two machines differ. */
    private static final Duration FAST_CLOCK = Duration.ofMinutes(5);

    /** What is rendered with the second of day differs by then. */
    private static final Duration A_SECOND = Duration.ofMillis(1100);

    private final Plan plan;
    private final PlanTerms terms;
    private final Providers providers;
    private final LockClock timing;
    private final UnaryOperator<String> redact;

    PlanChecks(ApplyRequest request, Providers providers, LockClock timing, UnaryOperator<String> redact) {
        this.plan = request.plan();
        this.terms = request.terms();
        this.providers = providers;
        this.timing = timing;
        this.redact = redact;
    }

    /**
     * Of a plan that was never executed.
     *
     * @return what the plan does not show, where that does not keep it from being executed
     */
    List<String> requireNew(List<Resource> resources) throws InterruptedException {
        PlanConsistency.require(plan);
        requireTime();
        refuse(StalePlanCheck.ofNew(plan, resources));
        PlanComparison comparison = comparison(resources, false).run(this::readAgain);
        refuse(comparison.differences());
        return comparison.notes();
    }

    /** The same of one whose run goes on: what is left of it is what would be planned from here. */
    List<String> requireResumable(List<Resource> resources) throws InterruptedException {
        PlanConsistency.require(plan);
        requireTime();
        requireSame(resources);
        PlanComparison comparison = comparison(resources, true).run(this::readAgain);
        refuse(comparison.differences());
        return comparison.notes();
    }

    /** What must hold of a plan whose steps left only bring workloads back. */
    void requireToBringBack(List<Resource> resources) {
        PlanConsistency.require(plan);
        requireSame(resources);
    }

    /** The same as an answer. */
    boolean mayBringBack(List<Resource> resources) {
        try {
            requireToBringBack(resources);
            return true;
        } catch (ChartreuseException refused) {
            return false;
        }
    }

    /** Whether the resources are those of the plan, and databases still lead where it leads. */
    private void requireSame(List<Resource> resources) {
        refuse(StalePlanCheck.ofResumed(plan, resources));
    }

    /** Whether a run of it may be resumed without being named. What only brings back is part of any new plan. */
    boolean isResumable(List<Resource> resources) {
        try {
            requireSame(resources);
            PlanConsistency.require(plan);
            requireTime();
            return plan.providers().containsAll(providers.names())
                    && (!TargetCheck.remaining(plan, resources).equals(plan.stages()) || isAsPlannedNow(resources));
        } catch (ChartreuseException refused) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isAsPlannedNow(List<Resource> resources) throws InterruptedException {
        return comparison(resources, true)
                .run(() -> providers.refresh(plan.providers()))
                .differences()
                .isEmpty();
    }

    private PlanComparison comparison(List<Resource> resources, boolean resumed) {
        return new PlanComparison(plan, terms, resources, providers.names(), redact, resumed);
    }

    private List<Resource> readAgain() throws InterruptedException {
        timing.pause().sleep(A_SECOND);
        return providers.refresh(plan.providers());
    }

    private void requireTime() {
        Instant now = timing.clock().instant();
        if (plan.createdAt().isAfter(now.plus(FAST_CLOCK))) {
            refuse(
                    List.of(
                            Diagnostic.error(
                                    ApplyError.CONTRADICTED,
                                    "plan " + plan.shortId() + " says that it was made at " + plan.createdAt()
                                            + ", which is to come: it is " + now,
                                    "Set the clocks of both machines. Where they are right, find out who wrote the plan, and make a new one.")));
        }
        terms.longestAge()
                .filter(longest -> plan.createdAt().isBefore(now.minus(longest)))
                .ifPresent(longest -> refuse(List.of(Diagnostic.error(
                        ApplyError.STALE,
                        "the plan is stale: it was made at " + plan.createdAt()
                                + ", and plans that no run executed are kept for " + longest.toHours()
                                + " h (retention.plans)",
                        "Make a new plan with `chartreuse plan`, review it, apply it."))));
    }

    private static void refuse(List<Diagnostic> why) {
        if (!why.isEmpty()) {
            throw new ChartreuseException(why);
        }
    }
}
