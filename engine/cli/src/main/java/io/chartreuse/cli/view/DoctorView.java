package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Examined;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Diagnostic;
import java.util.List;

/** What was checked: a line a check, then what to do about those that are not good. */
public final class DoctorView {

    private final Printer printer;
    private final Look look;

    public DoctorView(Printer printer) {
        this.printer = printer;
        this.look = printer.look();
    }

    public void print(Release release, List<Examined> checks) {
        printer.line(look.bold("Release " + release.name())
                + release.namespace().map(n -> " in namespace " + n).orElse(""));
        printer.lines(Columns.align(checks.stream().map(this::row).toList(), look));
        printer.gap();
        List<Diagnostic> problems = checks.stream()
                .flatMap(examined -> examined.check().problem().stream())
                .distinct()
                .toList();
        if (problems.isEmpty()) {
            printer.line(look.bold("All is there that a plan could need."));
        } else {
            new DiagnosticsView(printer).print(problems);
        }
    }

    private List<String> row(Examined examined) {
        Check check = examined.check();
        Sign sign = check.failed() ? Sign.FAILED : check.problem().isPresent() ? Sign.WARNING : Sign.DONE;
        return List.of(look.sign(sign), examined.by(), check.subject(), check.found());
    }
}
