package io.chartreuse.cli.command;

import io.chartreuse.cli.legacy.LegacyEnvironment;
import io.chartreuse.cli.legacy.LegacyRelease;
import io.chartreuse.cli.view.Console;
import io.chartreuse.core.session.Session;
import java.util.List;
import java.util.Map;

/**
 * What {@code chartreuse-restore} does: restore, with the release given by the earlier tool's variables. It connects to
 * no database and reads no settings of databases: an error in these must not keep workloads from being brought back.
 */
@picocli.CommandLine.Command(
        name = LegacyRestoreCommand.NAME,
        customSynopsis = "chartreuse-restore",
        hidden = true,
        description = "Bring workloads back as the earlier tool's chartreuse-restore did, from its variables.")
public final class LegacyRestoreCommand extends Command {

    static final String NAME = "earlier-restore";

    private final OrderlyEnd end;

    /** @param end guards the run that this begins */
    public LegacyRestoreCommand(Host host, GlobalOptions options, OrderlyEnd end) {
        super(host, options);
        this.end = end;
    }

    @Override
    public boolean changesSomething() {
        return true;
    }

    @Override
    protected boolean isBoundToChart() {
        return true;
    }

    @Override
    protected void requireChart(Map<String, String> environment) {
        ChartVersion.requireOfEarlier(environment, List.of(ChartVersion.VARIABLE, ChartVersion.FORMER_VARIABLE));
    }

    @Override
    protected int run(Console console) throws InterruptedException {
        LegacyEnvironment environment = new LegacyEnvironment(host().environment());
        LegacyRelease release = LegacyUpgradeCommand.named(environment.withoutDatabases());
        if (!environment.stopsPods()) {
            console.out().line("Nothing to do: CHARTREUSE_ENABLE_STOP_PODS is off, so nothing was stopped.");
            return DONE;
        }
        try (Session session = new LegacySession(this, console).open(release)) {
            return new Restoration(console, json(), () -> {})
                    .run(session, new PlanRun(console, host(), options(), RunOptions.ofHook(), end));
        }
    }
}
