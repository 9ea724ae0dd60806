package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.PreflightResult;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;

/** What was checked: a line a check, then what to do about those that are not good. */
public final class DoctorView {

    private final Printer printer;
    private final TextStyle style;

    public DoctorView(Printer printer) {
        this.printer = printer;
        this.style = printer.style();
    }

    public void print(Release release, List<PreflightResult> checks) {
        printer.line(style.bold("Release " + release.name())
                + release.namespace().map(n -> " in namespace " + n).orElse(""));
        printer.lines(Columns.align(checks.stream().map(this::row).toList(), style));
        printer.gap();
        List<Diagnostic> problems = checks.stream()
                .flatMap(examined -> examined.check().problem().stream())
                .distinct()
                .toList();
        if (problems.isEmpty()) {
            printer.line(style.bold("All is there that a plan could need."));
        } else {
            new DiagnosticsView(printer).print(problems);
        }
    }

    private List<String> row(PreflightResult examined) {
        Check check = examined.check();
        StatusSign sign =
                check.failed() ? StatusSign.FAILED : check.problem().isPresent() ? StatusSign.WARNING : StatusSign.DONE;
        return List.of(style.sign(sign), examined.by(), check.subject(), check.found());
    }
}
