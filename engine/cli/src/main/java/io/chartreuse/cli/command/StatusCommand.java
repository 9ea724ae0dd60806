package io.chartreuse.cli.command;

import io.chartreuse.cli.document.StatusDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.StatusView;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Lease;
import java.util.Optional;

/** Shows how the release stands. What the backend knows is shown also while the world cannot be read. */
@picocli.CommandLine.Command(
        name = "status",
        description = "Show the lock, the last run, databases and workloads, and what is next.")
public final class StatusCommand extends Command {

    public StatusCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            try {
                show(console, session.status());
                return DONE;
            } catch (ChartreuseException e) {
                showRecords(console, session, e);
                return e.type().exitCode();
            }
        }
    }

    private void show(Console console, ReleaseStatus status) {
        if (json()) {
            console.document(StatusDocument.of(status, now()));
        } else {
            new StatusView(console.out(), now()).print(status);
        }
    }

    /** Throws what was thrown before where not even the backend can be read. */
    private void showRecords(Console console, Session session, ChartreuseException unreadable) {
        Optional<Lease> lock;
        Optional<Run> lastRun;
        try {
            lock = session.lock();
            lastRun = session.audit().runs().stream().reduce((older, newer) -> newer);
        } catch (ChartreuseException e) {
            throw unreadable;
        }
        if (json()) {
            console.document(
                    StatusDocument.unreadable(session.release(), lock, lastRun, unreadable.diagnostics(), now()));
        } else {
            new StatusView(console.out(), now()).printRecords(session.release(), lock, lastRun);
            console.err().gap();
            new DiagnosticsView(console.err()).print(unreadable.diagnostics());
        }
    }
}
