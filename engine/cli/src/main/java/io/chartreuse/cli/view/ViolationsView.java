package io.chartreuse.cli.view;

import io.chartreuse.core.policy.Violation;
import java.util.List;

/** The rules that a plan breaks, each with the resource and the place of the rule. */
public final class ViolationsView {

    private final Printer printer;

    public ViolationsView(Printer printer) {
        this.printer = printer;
    }

    /** Prints them in the order given; nothing where there are none. */
    public void print(List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        Look look = printer.look();
        printer.gap();
        printer.line(look.bold("Policy"));
        violations.forEach(violation -> print(violation, look));
    }

    private void print(Violation violation, Look look) {
        String word = violation.denies() ? look.red("deny") : look.yellow("warn");
        String about = violation.address().map(address -> address + ": ").orElse("");
        printer.line("  " + look.sign(violation.denies() ? Sign.FAILED : Sign.WARNING) + " " + word + " "
                + violation.rule() + ": " + about + violation.message());
        violation.remedy().lines().forEach(line -> printer.line("    " + look.dim(line)));
        violation.details().forEach(detail -> printer.line("    " + look.dim(detail)));
        printer.line("    " + look.dim(violation.place().toString()));
    }
}
