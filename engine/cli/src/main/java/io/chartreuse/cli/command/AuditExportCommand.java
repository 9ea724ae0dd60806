package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.session.Session;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Writes runs in a form that can be kept elsewhere. */
@picocli.CommandLine.Command(
        name = "export",
        description = {
            "Write runs as JSON lines, one a run, the oldest first: the record as stored, and its digest.",
            "A run that goes on is written as it is now."
        })
public final class AuditExportCommand extends Command {

    @Mixin
    private RunFilter filter = new RunFilter();

    public AuditExportCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            List<RecordedRun> records = session.audit().records();
            records.stream()
                    .filter(record -> filter.admits(record.run(), now()))
                    .forEach(record -> console.out().raw(record.line()));
            return DONE;
        }
    }
}
