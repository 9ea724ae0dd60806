package io.chartreuse.cli.command;

import io.chartreuse.cli.document.StatusDocument;
import io.chartreuse.cli.document.StatusMetrics;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.StatusView;
import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.store.NewFile;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Shows how the release stands, as far as it can be read: what cannot is said, and hides nothing of the rest. */
@picocli.CommandLine.Command(
        name = "status",
        description = {
            "Show the lock, the last run, databases and workloads, what is stopped, and what is next.",
            "Exits with 0; with 1 where something cannot be read; with --drift, with 2 where something has drifted, with 1"
                    + " where it is not known; with the exit code of plan where no plan can be made."
        })
public final class StatusCommand extends Command {

    /** The exit code that reports drift to a monitoring system. */
    private static final int DRIFTED = 2;

    /** The exit code when drift cannot be found out. */
    private static final int UNKNOWN = ErrorType.EXTERNAL.exitCode();

    @Option(
            names = "--drift",
            description = "Tell what has moved since the last run without one, and exit with 2 where something has.")
    private boolean drift;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write what would be printed to this file instead, whole or not at all: for a collector that"
                    + " reads files, as node_exporter's does.")
    private Path out;

    public StatusCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.of(Output.human, Output.json, Output.prometheus);
    }

    @Override
    protected int run(Console console) {
        if (out != null && options().output() == Output.human) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.USAGE,
                    "--out is for --output json and --output prometheus",
                    "Say which: chartreuse status --output prometheus --out FILE"));
        }
        try (Session session = open()) {
            ReleaseStatus status = drift || isMetrics() ? session.statusWithDrift() : session.status();
            if (status.isBlank() && !isMetrics()) {
                throw new ChartreuseException(status.problems());
            }
            show(console, status);
            return exitCode(status);
        }
    }

    private boolean isMetrics() {
        return options().output() == Output.prometheus;
    }

    /** What is not known counts before what is: a watcher must not take it for all there is. */
    private int exitCode(ReleaseStatus status) {
        if (!status.problems().isEmpty()) {
            return new ChartreuseException(status.problems()).type().exitCode();
        }
        return drift ? exitCodeOfDrift(status) : DONE;
    }

    private static int exitCodeOfDrift(ReleaseStatus status) {
        if (!status.errors().isEmpty()) {
            return new ChartreuseException(status.errors()).type().exitCode();
        }
        if (status.drift().filter(DriftReport::hasDrift).isPresent()) {
            return DRIFTED;
        }
        return status.drift().filter(report -> !report.unknown().isEmpty()).isPresent() ? UNKNOWN : DONE;
    }

    private void show(Console console, ReleaseStatus status) {
        if (out != null) {
            NewFile.write(out, host().redactor().redact(text(status)));
        } else if (isMetrics()) {
            console.out().raw(text(status));
        } else if (json()) {
            console.document(StatusDocument.of(status, now()));
        } else {
            new StatusView(console.out(), now()).print(status);
        }
        if (!status.problems().isEmpty() && !json()) {
            console.err().gap();
            new DiagnosticsView(console.err()).print(status.problems());
        }
    }

    private String text(ReleaseStatus status) {
        return json() ? Json.pretty(StatusDocument.of(status, now())) : StatusMetrics.of(status, now());
    }
}
