package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ReportDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.util.List;
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
    private Approval approval = new Approval();

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
    protected int run(Console console) {
        if (reference == null) {
            approval.requireWay(console, "a new plan", "Say --yes, or name a plan that was saved or stored.");
        }
        try (Session session = open()) {
            Optional<Plan> plan = choose(session, console);
            return plan.isEmpty()
                    ? DONE
                    : new PlanRun(console, host(), options(), running, end).execute(session, plan.get());
        }
    }

    private Optional<Plan> choose(Session session, Console console) {
        if (reference != null) {
            return Optional.of(reference.read(() -> session));
        }
        Optional<Plan> unfinished = session.resumable();
        if (unfinished.isPresent()) {
            notes(console)
                    .line("Run " + session.audit().run("latest").id() + " of plan "
                            + unfinished.get().shortId() + " did not finish: it is resumed.");
            return unfinished;
        }
        return fresh(session, console);
    }

    /** Empty where there is nothing to do. */
    private Optional<Plan> fresh(Session session, Console console) {
        Plan plan = session.plan(install);
        if (json()) {
            if (plan.isEmpty()) {
                console.document(ReportDocument.of(plan, nothing()));
                return Optional.empty();
            }
        } else {
            new PlanView(console.out()).print(plan);
        }
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        session.save(plan);
        if (json() && !approval.isGiven()) {
            new PlanView(console.err()).print(plan);
        }
        approval.require(console, "Apply this plan?");
        notes(console).gap();
        return Optional.of(plan);
    }

    private static RunReport nothing() {
        return new RunReport(Optional.empty(), false, List.of());
    }

    private Printer notes(Console console) {
        return json() ? console.err() : console.out();
    }
}
