package io.chartreuse.cli.view;

import io.chartreuse.core.approval.ApprovalState;

/** How far a plan is with its approvals, in a sentence. */
public final class ApprovalsText {

    private ApprovalsText() {}

    /** {@code 1 of the 2 approvals that it needs, by dba (sha256:…); not yet: ops (sha256:…)}. */
    public static String of(ApprovalState state) {
        String given = state.given().isEmpty() ? "" : ", by " + String.join(", ", state.given());
        String open = state.isEnough() || state.open().isEmpty() ? "" : "; not yet: " + String.join(", ", state.open());
        return state.given().size() + " of the " + Count.of(state.required(), "approval") + " that it needs" + given
                + open + ".";
    }
}
