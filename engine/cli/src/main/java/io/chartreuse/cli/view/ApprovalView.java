package io.chartreuse.cli.view;

import io.chartreuse.core.approval.Approval;
import io.chartreuse.core.plan.Plan;

/** That a plan was approved. */
public final class ApprovalView {

    private final Printer printer;

    public ApprovalView(Printer printer) {
        this.printer = printer;
    }

    /**
     * Says who approved, and whether that is enough.
     *
     * @param counting how many approvals of the plan count now
     * @param required how many it needs
     */
    public void print(Plan plan, Approval approval, int counting, int required) {
        printer.line("Plan " + plan.shortId() + " is approved by " + approval.key() + ".");
        printer.line("Signed: " + plan.id());
        printer.line("It has " + counting + " of the " + required + " approvals that it needs"
                + (counting < required ? "." : ": `chartreuse apply --plan-id " + plan.id() + "` executes it."));
    }
}
