package io.chartreuse.cli.view;

import io.chartreuse.spi.Repair;
import java.util.List;

/** What would be repaired, resource by resource; then each as it is done, and what is left as it is. */
public final class RepairView {

    private final Printer printer;
    private final Look look;

    public RepairView(Printer printer) {
        this.printer = printer;
        this.look = printer.look();
    }

    public void print(List<Repair> repairs) {
        if (repairs.isEmpty()) {
            printer.line(look.bold("Nothing is to be repaired."));
            return;
        }
        printer.line(look.bold(Count.of(repairs.size(), "repair") + ":"));
        for (Repair repair : repairs) {
            printer.line("  " + look.sign(repair.certain() ? Sign.CHANGE : Sign.WARNING) + " " + repair.address() + ": "
                    + repair.action());
            printer.line("      " + look.dim(repair.reason()));
        }
        printer.gap();
    }

    public void done(Repair repair) {
        printer.line(look.sign(Sign.DONE) + " " + repair.address() + ": " + repair.action());
    }

    /** Says of each that is not done how to have it done. */
    public void printLeft(List<Repair> found, List<Repair> done) {
        found.stream()
                .filter(repair -> !done.contains(repair))
                .forEach(repair -> printer.line(look.sign(Sign.SAME) + " left as it is: " + repair.name() + " of "
                        + repair.address() + " (--also '" + repair.name() + "')"));
        if (!done.isEmpty()) {
            printer.gap();
            printer.line(look.bold(Count.of(done.size(), "repair") + " done.") + " Next: chartreuse plan");
        }
    }
}
