package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;

/** Whether a plan may be executed at all, as rules and approvals have it. */
@FunctionalInterface
public interface Admission {

    /** Every plan may. */
    Admission OF_ALL = plan -> List.of();

    /**
     * Called under the lock, once the plan is known to be fresh, and before anything is touched; of a run that is resumed,
     * before anything more is stopped or migrated.
     *
     * @return what the rules said that were asked, for the record
     * @throws ChartreuseException with all that keeps the plan from being executed
     */
    List<RuleVerdict> require(Plan plan);
}
