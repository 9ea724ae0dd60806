package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ReportDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.util.Optional;

/** Brings back what was left in maintenance, once that was agreed to. */
final class Restoration {

    private final Console console;
    private final boolean json;
    private final Runnable question;

    /** @param question asked before anything is touched; throws where the answer is no */
    Restoration(Console console, boolean json, Runnable question) {
        this.console = console;
        this.json = json;
        this.question = question;
    }

    /** The exit code. */
    int run(Session session, PlanRun execution) throws InterruptedException {
        session.rights().requireToRestore(session::planRestore);
        Optional<Plan> plan = execution.chooseToRestore(session, () -> choose(session));
        return plan.isEmpty() ? Command.DONE : execution.execute(session, plan.get());
    }

    /** Shown and agreed to; empty where there is nothing to bring back, which is said. */
    private Optional<Plan> choose(Session session) {
        Plan plan = session.planRestore();
        if (!json) {
            new PlanView(console.out()).print(plan);
        }
        if (plan.isEmpty()) {
            if (json) {
                console.document(ReportDocument.of(plan, RunReport.nothingToDo()));
            }
            return Optional.empty();
        }
        question.run();
        (json ? console.err() : console.out()).gap();
        return Optional.of(plan);
    }
}
