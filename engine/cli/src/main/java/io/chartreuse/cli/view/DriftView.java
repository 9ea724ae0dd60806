package io.chartreuse.cli.view;

import io.chartreuse.core.drift.DriftKind;
import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.drift.DriftedPart;
import io.chartreuse.core.state.State;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has moved since the last run: a line each, by resource and by name. */
final class DriftView {

    private final Printer printer;
    private final TextStyle style;
    private final Instant now;

    DriftView(Printer printer, Instant now) {
        this.printer = printer;
        this.style = printer.style();
        this.now = now;
    }

    /**
     * @param whole  whether all could be read and compared
     * @param errors what is wrong with resources
     */
    void print(DriftReport drift, boolean whole, List<Diagnostic> errors) {
        printer.gap();
        if (drift.running()) {
            printer.line(style.bold("Drift") + " is not shown while a run is under way");
            return;
        }
        printer.line(heading(drift, whole));
        printer.lines(Columns.align(drift.found().stream().map(this::row).toList(), style));
        if (!drift.unknown().isEmpty()) {
            warn(
                    "unknown: a run that recorded nothing afterwards may have done it. Set nothing back because of this; the"
                            + " next run records how the database stands.");
        }
        errors.stream()
                .flatMap(error -> error.address().stream())
                .distinct()
                .forEach(address -> warn(address + " has errors, see above: its drift is shown in part only"));
    }

    private void warn(String text) {
        printer.line("  " + style.sign(StatusSign.WARNING) + " " + text);
    }

    private String heading(DriftReport drift, boolean whole) {
        String since = drift.since().map(this::since).orElse("; no run has recorded yet how the release stands");
        if (drift.hasDrift()) {
            return style.bold(style.yellow("Drift")) + since;
        }
        return drift.found().isEmpty()
                ? style.bold("No drift") + (whole ? "" : " in what could be compared") + since
                : style.bold(style.yellow("Drift is not known")) + since;
    }

    private String since(State state) {
        return " since " + state.run().map(run -> "run " + run).orElse("the record") + ", recorded "
                + state.recordedAt() + " (" + ago(Duration.between(state.recordedAt(), now)) + ")";
    }

    private static String ago(Duration since) {
        return since.toSeconds() < 1 ? "just now" : Elapsed.of(since) + " ago";
    }

    private List<String> row(DriftedPart drifted) {
        return List.of(
                drifted.address().toString(),
                style.yellow(drifted.kind().word()),
                drifted.what(),
                style.dim(values(drifted)));
    }

    /** {@code 8 → 9}; nothing where only digests differ. */
    private String values(DriftedPart drifted) {
        if (!drifted.details().isEmpty()) {
            return drifted.detailed();
        }
        boolean whole = drifted.kind() == DriftKind.ADDED || drifted.kind() == DriftKind.REMOVED;
        if (whole || isDigest(drifted.before()) || isDigest(drifted.after())) {
            return "";
        }
        boolean left = drifted.kind() == DriftKind.STOPPED
                || drifted.kind() == DriftKind.UNRESTORED
                || drifted.kind() == DriftKind.SUSPENDED;
        String before = drifted.before().orElse("none");
        String after = drifted.after().orElse("none");
        if (left) {
            return "is " + after + ", should be " + before;
        }
        return drifted.what().isEmpty() ? "" : before + " " + style.arrow() + " " + after;
    }

    private static boolean isDigest(Optional<String> value) {
        return value.filter(DriftedPart::isDigest).isPresent();
    }
}
