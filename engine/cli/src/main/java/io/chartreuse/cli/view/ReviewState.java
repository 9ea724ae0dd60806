package io.chartreuse.cli.view;

import io.chartreuse.core.approval.ApprovalState;
import io.chartreuse.core.policy.RuleViolation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is said of a plan, as of now.
 *
 * @param violations the rules that it breaks
 * @param approvals  how far it is with them; empty where it needs none
 */
public record ReviewState(List<RuleViolation> violations, Optional<ApprovalState> approvals) {

    /** A plan without a review. */
    public static final ReviewState NOT = new ReviewState(List.of(), Optional.empty());

    public ReviewState {
        violations = List.copyOf(violations);
        Objects.requireNonNull(approvals, "approvals");
    }
}
