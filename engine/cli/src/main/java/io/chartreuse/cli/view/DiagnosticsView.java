package io.chartreuse.cli.view;

import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems, each with its place, its remedy and its code. */
public final class DiagnosticsView {

    /**
     * The most problems of one kind that are shown: so many are enough to understand the mistake, and a wrong file has
     * thousands.
     */
    private static final int SHOWN = 20;

    private final Printer printer;

    public DiagnosticsView(Printer printer) {
        this.printer = printer;
    }

    /** Prints them in the order given; counts them where there are several, and those that are too many of one kind. */
    public void print(List<Diagnostic> diagnostics) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Diagnostic diagnostic : diagnostics) {
            if (seen.merge(diagnostic.code().code(), 1, Integer::sum) <= SHOWN) {
                print(diagnostic);
                printer.gap();
            }
        }
        seen.forEach(this::more);
        if (diagnostics.size() > 1) {
            printer.line(counts(diagnostics));
        }
    }

    private void more(String code, int number) {
        if (number > SHOWN) {
            printer.line("… and " + (number - SHOWN) + " more [" + code + "]; --output json shows all.");
        }
    }

    private void print(Diagnostic diagnostic) {
        LineForm.Weight weight = diagnostic.isError() ? LineForm.Weight.ERROR : LineForm.Weight.WARN;
        int width = printer.style().width();
        List<String> lines = lines(diagnostic).stream()
                .flatMap(line -> Wrapped.of(line, width).stream())
                .toList();
        printer.write(String.join("\n", lines) + "\n", weight);
    }

    /** A remedy may be of several lines, commands or rules to be pasted: they keep their indentation. */
    private List<String> lines(Diagnostic diagnostic) {
        List<String> lines = new ArrayList<>();
        TextStyle style = printer.style();
        String severity = diagnostic.isError() ? style.red(style.bold("Error:")) : style.yellow(style.bold("Warning:"));
        lines.add(severity + " " + style.bold(diagnostic.summary()));
        diagnostic
                .location()
                .filter(place -> place.line() > 0 || !diagnostic.summary().contains(place.file()))
                .ifPresent(place -> lines.add("  at " + style.cyan(place.toString())));
        diagnostic
                .address()
                .filter(address -> !diagnostic.summary().contains(address.toString()))
                .ifPresent(address -> lines.add("  on " + style.cyan(address.toString())));
        diagnostic.remedy().lines().forEach(line -> lines.add(("  " + line).stripTrailing()));
        lines.add("  " + style.dim("[" + diagnostic.code().code() + "]"));
        return lines;
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
