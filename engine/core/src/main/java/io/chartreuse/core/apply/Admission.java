package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.ChartreuseException;

/** Whether a plan may be executed at all, as rules and approvals have it. */
@FunctionalInterface
public interface Admission {

    /** Every plan may. */
    Admission OF_ALL = plan -> {};

    /**
     * Called under the lock, once the plan is known to be fresh, and before anything is touched. A run that is resumed is
     * not asked for again.
     *
     * @throws ChartreuseException with all that keeps the plan from being executed
     */
    void require(Plan plan);
}
