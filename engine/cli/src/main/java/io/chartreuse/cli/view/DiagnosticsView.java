package io.chartreuse.cli.view;

import io.chartreuse.spi.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/** Problems, each with its place, its remedy and its code. */
public final class DiagnosticsView {

    private final Printer printer;

    public DiagnosticsView(Printer printer) {
        this.printer = printer;
    }

    /** Prints them in the order given; counts them where there are several. */
    public void print(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            print(diagnostic);
            printer.gap();
        }
        if (diagnostics.size() > 1) {
            printer.line(counts(diagnostics));
        }
    }

    private void print(Diagnostic diagnostic) {
        Look look = printer.look();
        String severity = diagnostic.isError() ? look.red(look.bold("Error:")) : look.yellow(look.bold("Warning:"));
        printer.line(severity + " " + look.bold(diagnostic.summary()));
        diagnostic
                .location()
                .filter(place -> place.line() > 0 || !diagnostic.summary().contains(place.file()))
                .ifPresent(place -> printer.line("  at " + look.cyan(place.toString())));
        diagnostic
                .address()
                .filter(address -> !diagnostic.summary().contains(address.toString()))
                .ifPresent(address -> printer.line("  on " + look.cyan(address.toString())));
        diagnostic.remedy().lines().forEach(line -> printer.line("  " + line));
        printer.line("  " + look.dim("[" + diagnostic.code().code() + "]"));
    }

    private static String counts(List<Diagnostic> diagnostics) {
        long errors = diagnostics.stream().filter(Diagnostic::isError).count();
        long warnings = diagnostics.size() - errors;
        List<String> parts = new ArrayList<>();
        if (errors > 0) {
            parts.add(Count.of(errors, "error"));
        }
        if (warnings > 0) {
            parts.add(Count.of(warnings, "warning"));
        }
        return String.join(", ", parts) + ".";
    }
}
