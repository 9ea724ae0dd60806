package io.chartreuse.core.apply;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.plan.Plan;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the configuration in force says of any plan.
 *
 * @param longestAge  how old a plan may be; empty: as old as it is
 * @param restoreOnly whether the plan was just made by this process to bring workloads back, and nothing else is expected of it
 */
public record PlanTerms(Strategy strategy, OnFailure onFailure, Optional<Duration> longestAge, boolean restoreOnly) {
    public PlanTerms {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(longestAge, "longestAge");
    }

    /** Those of a plan that this process made itself. */
    static PlanTerms of(Plan plan) {
        boolean restores = !plan.isEmpty()
                && plan.stages().stream().allMatch(stage -> stage.name().bringsBack());
        return new PlanTerms(plan.strategy(), plan.onFailure(), Optional.empty(), restores);
    }
}
