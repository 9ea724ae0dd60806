package io.chartreuse.core.approval;

import java.util.List;

/**
 * How far a plan is with the approvals that it needs.
 *
 * @param required more than 0
 * @param given    the keys that approved it and count, by their names here
 * @param open     the keys that still could
 */
public record ApprovalState(int required, List<String> given, List<String> open) {

    public ApprovalState {
        if (required <= 0) {
            throw new IllegalArgumentException("a plan that needs no approvals has no state of them: " + required);
        }
        given = List.copyOf(given);
        open = List.copyOf(open);
    }

    /** Whether it has as many as it needs. */
    public boolean isEnough() {
        return given.size() >= required;
    }
}
