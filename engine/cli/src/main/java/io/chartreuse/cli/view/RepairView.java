package io.chartreuse.cli.view;

import io.chartreuse.spi.model.Repair;
import java.util.List;

/** What would be repaired, resource by resource; then each as it is done, and what is left as it is. */
public final class RepairView {

    private final Printer printer;
    private final TextStyle style;

    public RepairView(Printer printer) {
        this.printer = printer;
        this.style = printer.style();
    }

    public void print(List<Repair> repairs) {
        if (repairs.isEmpty()) {
            printer.line(style.bold("Nothing is to be repaired."));
            return;
        }
        printer.line(style.bold(Count.of(repairs.size(), "repair") + ":"));
        for (Repair repair : repairs) {
            printer.line("  " + style.sign(repair.certain() ? StatusSign.CHANGE : StatusSign.WARNING) + " "
                    + repair.address() + ": " + repair.action());
            printer.line("      " + style.dim(repair.reason()));
        }
        printer.gap();
    }

    public void done(Repair repair) {
        printer.line(style.sign(StatusSign.DONE) + " " + repair.address() + ": " + repair.action());
    }

    /** Says of each that is not done how to have it done. */
    public void printLeft(List<Repair> found, List<Repair> done) {
        found.stream()
                .filter(repair -> !done.contains(repair))
                .forEach(repair -> printer.line(style.sign(StatusSign.SAME) + " left as it is: " + repair.name()
                        + " of " + repair.address() + " (--also '" + repair.name() + "')"));
        if (!done.isEmpty()) {
            printer.gap();
            printer.line(style.bold(Count.of(done.size(), "repair") + " done.") + " Next: chartreuse plan");
        }
    }
}
