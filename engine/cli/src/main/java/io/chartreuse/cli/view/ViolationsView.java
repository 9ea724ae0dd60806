package io.chartreuse.cli.view;

import io.chartreuse.core.policy.RuleViolation;
import java.util.List;

/** The rules that a plan breaks, each with the resource and the place of the rule. */
public final class ViolationsView {

    private final Printer printer;

    public ViolationsView(Printer printer) {
        this.printer = printer;
    }

    /** Prints them in the order given; prints nothing for an empty list. */
    public void print(List<RuleViolation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        TextStyle style = printer.style();
        printer.gap();
        printer.line(style.bold("Policy"));
        violations.forEach(violation -> print(violation, style));
    }

    private void print(RuleViolation violation, TextStyle style) {
        String word = violation.denies() ? style.red("deny") : style.yellow("warn");
        String about = violation.address().map(address -> address + ": ").orElse("");
        printer.line("  " + style.sign(violation.denies() ? StatusSign.FAILED : StatusSign.WARNING) + " " + word + " "
                + violation.rule() + ": " + about + violation.message());
        violation.remedy().lines().forEach(line -> printer.line("    " + style.dim(line)));
        violation.details().forEach(detail -> printer.line("    " + style.dim(detail)));
        printer.line("    " + style.dim(violation.place().toString()));
    }
}
