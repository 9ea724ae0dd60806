package io.chartreuse.cli.view;

import io.chartreuse.core.audit.PruneResult;
import io.chartreuse.core.plan.Plan;

/** What retention took off the record, or would. */
public final class PrunedView {

    private final Printer printer;

    public PrunedView(Printer printer) {
        this.printer = printer;
    }

    /** @param dryRun whether nothing was taken */
    public void print(PruneResult pruned, boolean dryRun) {
        pruned.runs().forEach(run -> printer.line("  run " + run));
        pruned.plans().forEach(plan -> printer.line("  plan " + Plan.shortId(plan)));
        printer.line(
                pruned.isEmpty()
                        ? "Nothing is over what retention keeps."
                        : (dryRun ? "Would take off the record: " : "Taken off the record: ")
                                + Count.of(pruned.runs().size(), "run") + ", "
                                + Count.of(pruned.plans().size(), "plan") + ", "
                                + Count.of(pruned.approvals(), "approval") + ".");
        pruned.kept().ifPresent(kept -> printer.line("No further run goes: " + kept + "."));
    }
}
