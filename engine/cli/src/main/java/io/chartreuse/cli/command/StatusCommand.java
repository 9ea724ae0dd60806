package io.chartreuse.cli.command;

import io.chartreuse.cli.document.StatusDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.StatusView;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.ChartreuseException;
import picocli.CommandLine.Option;

/** Shows how the release stands, as far as it can be read: what cannot is said, and hides nothing of the rest. */
@picocli.CommandLine.Command(
        name = "status",
        description = {
            "Show the lock, the last run, databases and workloads, what is stopped, and what is next.",
            "Exits with 0; with 1 where something cannot be read; with --drift, with 2 where something has drifted."
        })
public final class StatusCommand extends Command {

    /** Says to whoever watches that something has moved without a run. */
    private static final int DRIFTED = 2;

    @Option(
            names = "--drift",
            description = "Tell what has moved since the last run without one, and exit with 2 where something has.")
    private boolean drift;

    public StatusCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            ReleaseStatus status = drift ? session.statusWithDrift() : session.status();
            if (status.isBlank()) {
                throw new ChartreuseException(status.problems());
            }
            show(console, status);
            return exitCode(status);
        }
    }

    private static int exitCode(ReleaseStatus status) {
        if (!status.problems().isEmpty()) {
            return new ChartreuseException(status.problems()).type().exitCode();
        }
        boolean drifted =
                status.drift().filter(drift -> !drift.found().isEmpty()).isPresent();
        return drifted ? DRIFTED : DONE;
    }

    private void show(Console console, ReleaseStatus status) {
        if (json()) {
            console.document(StatusDocument.of(status, now()));
            return;
        }
        new StatusView(console.out(), now()).print(status);
        if (!status.problems().isEmpty()) {
            console.err().gap();
            new DiagnosticsView(console.err()).print(status.problems());
        }
    }
}
