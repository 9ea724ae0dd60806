package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.core.session.Session;
import picocli.CommandLine.Mixin;

/** Brings back what was left in maintenance. Undoes only what Chartreuse did: hooks need not say yes. */
@picocli.CommandLine.Command(
        name = "restore",
        description = {
            "Bring back what was left in maintenance or suspended; no database is asked.",
            "Asks on a terminal; elsewhere, as in a hook, it needs no --yes: it only undoes what Chartreuse did."
        })
public final class RestoreCommand extends Command {

    private final OrderlyEnd end;

    @Mixin
    private Confirmation approval = new Confirmation();

    @Mixin
    private RunOptions running = new RunOptions();

    /** @param end guards the run that this begins */
    public RestoreCommand(Host host, GlobalOptions options, OrderlyEnd end) {
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
    protected int run(Console console) throws InterruptedException {
        try (Session session = open()) {
            return new Restoration(console, json(), () -> ask(console))
                    .run(session, new PlanRun(console, host(), options(), running, end));
        }
    }

    private void ask(Console console) {
        if (console.canAsk()) {
            approval.require(console, "Bring this back?");
        }
    }
}
