package io.chartreuse.cli.command;

import io.chartreuse.cli.document.RunsDocument;
import io.chartreuse.cli.view.AuditView;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.Session;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** Lists the runs of the release. */
@picocli.CommandLine.Command(name = "list", description = "List runs, the newest last.")
public final class AuditListCommand extends Command {

    @Mixin
    private RunFilter filter = new RunFilter();

    public AuditListCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.of(Output.human, Output.table, Output.json);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            List<Run> runs = session.audit().runs().stream()
                    .filter(run -> filter.admits(run, now()))
                    .toList();
            if (json()) {
                console.document(RunsDocument.of(runs));
            } else if (runs.isEmpty() && filter.isActive()) {
                console.out().line("No run on record fits.");
            } else {
                new AuditView(console.out()).print(runs);
            }
            return DONE;
        }
    }
}
