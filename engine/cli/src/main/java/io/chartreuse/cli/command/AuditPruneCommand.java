package io.chartreuse.cli.command;

import io.chartreuse.cli.document.PrunedDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PrunedView;
import io.chartreuse.core.audit.PruneResult;
import io.chartreuse.core.session.Session;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Takes off the record what is over what retention keeps. */
@picocli.CommandLine.Command(
        name = "prune",
        description = {
            "Take off the record what is over the configuration's retention: the oldest runs, and plans that no run needs.",
            "Each apply does so for a few when its run has ended; this does all at once."
        })
public final class AuditPruneCommand extends Command {

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            defaultValue = "0s",
            converter = DurationOption.class,
            description = "How long to wait for a run that is alive (10s, 5m). Default: ${DEFAULT-VALUE}.")
    private Duration lockTimeout;

    public AuditPruneCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    public boolean changesSomething() {
        return true;
    }

    @Override
    protected int run(Console console) throws InterruptedException {
        try (Session session = open()) {
            PruneResult pruned = dryRun ? session.surplus() : session.prune(lockTimeout);
            if (json()) {
                console.document(PrunedDocument.of(pruned, dryRun));
            } else {
                new PrunedView(console.out()).print(pruned, dryRun);
            }
            return DONE;
        }
    }
}
