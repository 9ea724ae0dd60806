package io.chartreuse.cli.command;

import io.chartreuse.cli.document.DoctorDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DoctorView;
import io.chartreuse.core.refresh.PreflightResult;
import io.chartreuse.core.session.Session;
import java.util.List;

/** Looks at all that a plan could need. */
@picocli.CommandLine.Command(
        name = "doctor",
        description = {
            "Check all that a plan could need: rights, APIs, databases, clocks, the backend and the lock.",
            "Touches nothing. Exits with 0 where nothing failed, else with 1."
        })
public final class DoctorCommand extends Command {

    private static final int FAILED = 1;

    public DoctorCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected boolean isBoundToChart() {
        return true;
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            List<PreflightResult> checks = session.examine();
            if (json()) {
                console.document(DoctorDocument.of(session.release(), checks));
            } else {
                new DoctorView(console.out()).print(session.release(), checks);
            }
            return checks.stream().anyMatch(examined -> examined.check().failed()) ? FAILED : DONE;
        }
    }
}
