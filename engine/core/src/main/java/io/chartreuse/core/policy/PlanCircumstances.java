package io.chartreuse.core.policy;

import io.chartreuse.core.run.Actor;
import java.time.Instant;
import java.util.Objects;

/**
 * The circumstances that a plan is judged in.
 *
 * @param time      now
 * @param actor     who plans or applies
 * @param approvals how many valid approvals the plan has
 */
public record PlanCircumstances(CheckTime moment, Instant time, Actor actor, int approvals) {
    public PlanCircumstances {
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(actor, "actor");
        if (approvals < 0) {
            throw new IllegalArgumentException("approvals cannot be fewer than none: " + approvals);
        }
    }
}
