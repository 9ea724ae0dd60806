package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.store.PlanFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Reads what is there and shows what would be done. */
@picocli.CommandLine.Command(name = "plan", description = "Show what apply would do; changes nothing.")
public final class PlanCommand extends Command {

    /** Says to scripts that there is something to do. */
    private static final int CHANGES = 2;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan to this file, for apply.")
    private Path out;

    @Option(names = "--store", description = "Store the plan in the backend, for apply --plan-id.")
    private boolean store;

    @Option(
            names = "--detailed-exitcode",
            description = "Exit with 2 where there is something to do, with 0 where not.")
    private boolean detailed;

    @Option(
            names = "--install",
            description = "The release is being installed: with strategy before, the plan itself starts workloads.")
    private boolean install;

    public PlanCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected boolean isBoundToChart() {
        return true;
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            Plan plan = session.plan(install);
            if (out != null) {
                PlanFile.write(plan, out);
            }
            if (store) {
                session.save(plan);
            }
            show(console, plan);
            return detailed && !plan.isEmpty() ? CHANGES : DONE;
        }
    }

    private void show(Console console, Plan plan) {
        if (json()) {
            console.document(plan.document());
            return;
        }
        new PlanView(console.out()).print(plan);
        if (out != null) {
            console.out().line("Saved to " + out + ". Apply it with: chartreuse apply " + out);
        }
        if (store) {
            console.out().line("Stored as " + plan.id());
            console.out().line("Apply it with: chartreuse apply --plan-id " + plan.shortId());
        }
        if (out == null && !store && !plan.isEmpty()) {
            console.out().line("Not saved: `chartreuse apply` plans anew. Keep a plan with --out FILE or --store.");
        }
    }
}
