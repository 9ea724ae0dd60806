package io.chartreuse.cli.command;

import io.chartreuse.cli.view.AuditView;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.session.Session;
import picocli.CommandLine.Parameters;

/** Shows one run with all its entries. */
@picocli.CommandLine.Command(name = "show", description = "Show one run, entry by entry.")
public final class AuditShowCommand extends Command {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "latest",
            description = "The run's id, its beginning or its end; or latest. Default: ${DEFAULT-VALUE}.")
    private String id;

    public AuditShowCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            Run run = session.audit().run(id);
            if (json()) {
                console.document(RunDocument.write(run));
            } else {
                new AuditView(console.out()).print(run, session.review().approvers(run));
            }
            return DONE;
        }
    }
}
