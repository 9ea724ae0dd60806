package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ReportDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.cli.view.ViolationsView;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.util.Optional;

/** Which plan comes next where none is named: that of the run which did not finish, or a new one. */
final class NextPlan {

    private final Console console;
    private final boolean json;
    private final Confirmation approval;

    NextPlan(Console console, boolean json, Confirmation approval) {
        this.console = console;
        this.json = json;
        this.approval = approval;
    }

    /** Shown and approved; empty where there is nothing to do, which is said. */
    Optional<Plan> choose(Session session, boolean install) {
        Optional<Plan> unfinished = session.resumable();
        if (unfinished.isPresent()) {
            notes().line("Run " + session.audit().run("latest").id() + " of plan "
                    + unfinished.get().shortId() + " did not finish: it is resumed.");
            return unfinished;
        }
        return fresh(session, install);
    }

    private Optional<Plan> fresh(Session session, boolean install) {
        Plan plan = session.plan(install);
        if (json) {
            if (plan.isEmpty()) {
                console.document(ReportDocument.of(plan, RunReport.nothingToDo()));
                return Optional.empty();
            }
        } else {
            new PlanView(console.out()).print(plan);
        }
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        session.save(plan);
        session.review().approvalRule().refuseComputed(plan);
        new ViolationsView(json ? console.err() : console.out())
                .print(session.review().admit(plan));
        if (json && !approval.isGiven()) {
            new PlanView(console.err()).print(plan);
        }
        approval.require(console, "Apply this plan?");
        notes().gap();
        return Optional.of(plan);
    }

    private Printer notes() {
        return json ? console.err() : console.out();
    }
}
