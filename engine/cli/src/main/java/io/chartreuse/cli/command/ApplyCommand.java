package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Executes a plan: the one that is named, the one whose run did not finish, or a new one. */
@picocli.CommandLine.Command(
        name = "apply",
        description = {
            "Execute a plan. A saved plan was approved when it was saved: it needs no yes.",
            "Without one, a run that did not finish is resumed; else a new plan is made, shown, and executed after a yes."
        })
public final class ApplyCommand extends Command {

    @ArgGroup(multiplicity = "0..1")
    private PlanReference reference;

    private final OrderlyEnd end;

    @Mixin
    private Confirmation approval = new Confirmation();

    @Mixin
    private RunOptions running = new RunOptions();

    @Option(names = "--install", description = "The release is being installed; see plan. A saved plan knows already.")
    private boolean install;

    /** @param end guards the run that this begins */
    public ApplyCommand(Host host, GlobalOptions options, OrderlyEnd end) {
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
        if (reference == null) {
            approval.requireWay(console, "a new plan", "Say --yes, or name a plan that was saved or stored.");
        }
        try (Session session = open()) {
            session.rights().require(() -> expected(session));
            PlanRun execution = new PlanRun(console, host(), options(), running, end);
            Optional<Plan> plan = choose(session, console, execution);
            return plan.isEmpty() ? DONE : execution.execute(session, plan.get());
        }
    }

    /** The plan that would be executed now. */
    private Optional<Plan> expected(Session session) {
        return reference == null
                ? session.resumable().or(() -> Optional.of(session.plan(install)))
                : Optional.of(reference.read(() -> session));
    }

    private Optional<Plan> choose(Session session, Console console, PlanRun execution) throws InterruptedException {
        if (reference != null) {
            return Optional.of(reference.read(() -> session));
        }
        return execution.choose(session, () -> new NextPlan(console, json(), approval).choose(session, install));
    }
}
