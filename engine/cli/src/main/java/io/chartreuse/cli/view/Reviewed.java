package io.chartreuse.cli.view;

import io.chartreuse.core.approval.ApprovalState;
import io.chartreuse.core.policy.Violation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is said of a plan, as of now.
 *
 * @param violations the rules that it breaks
 * @param approvals  how far it is with them; empty where it needs none
 */
public record Reviewed(List<Violation> violations, Optional<ApprovalState> approvals) {

    /** Nobody was asked. */
    public static final Reviewed NOT = new Reviewed(List.of(), Optional.empty());

    public Reviewed {
        violations = List.copyOf(violations);
        Objects.requireNonNull(approvals, "approvals");
    }
}
