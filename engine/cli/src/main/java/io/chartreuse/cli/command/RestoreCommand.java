package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import picocli.CommandLine.Mixin;

/** Brings back what was left in maintenance. Undoes only what Chartreuse did: hooks need not say yes. */
@picocli.CommandLine.Command(
        name = "restore",
        description = {
            "Bring workloads back that were left in maintenance; no database is asked.",
            "Asks on a terminal; elsewhere, as in a hook, it needs no --yes: it only undoes what Chartreuse did."
        })
public final class RestoreCommand extends Command {

    private final OrderlyEnd end;

    @Mixin
    private Approval approval = new Approval();

    @Mixin
    private RunOptions running = new RunOptions();

    /** @param end guards the run that this begins */
    public RestoreCommand(Host host, GlobalOptions options, OrderlyEnd end) {
        super(host, options);
        this.end = end;
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            Plan plan = session.planRestore();
            if (!json()) {
                new PlanView(console.out()).print(plan);
            }
            if (!plan.isEmpty()) {
                session.save(plan);
                ask(console);
                (json() ? console.err() : console.out()).gap();
            }
            return plan.isEmpty() && !json()
                    ? DONE
                    : new PlanRun(console, host(), options(), running, end).execute(session, plan);
        }
    }

    private void ask(Console console) {
        if (console.canAsk()) {
            approval.require(console, "Bring these workloads back?");
        }
    }
}
