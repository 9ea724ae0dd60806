package io.chartreuse.cli.command;

import io.chartreuse.cli.document.StatusDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.StatusView;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.ChartreuseException;

/** Shows how the release stands, as far as it can be read: what cannot is said, and hides nothing of the rest. */
@picocli.CommandLine.Command(
        name = "status",
        description = "Show the lock, the last run, databases and workloads, what is stopped, and what is next.")
public final class StatusCommand extends Command {

    public StatusCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            ReleaseStatus status = session.status();
            if (status.isBlank()) {
                throw new ChartreuseException(status.problems());
            }
            show(console, status);
            return status.problems().isEmpty()
                    ? DONE
                    : new ChartreuseException(status.problems()).type().exitCode();
        }
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
