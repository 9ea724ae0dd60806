package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ReportDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.cli.view.ProgressView;
import io.chartreuse.cli.view.ReportView;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import java.time.Clock;

/** Executes a plan before the eyes of whoever watches, and says what came of it. */
final class PlanRun {

    private final Console console;
    private final boolean json;
    private final Clock clock;
    private final RunOptions options;
    private final OrderlyEnd end;

    PlanRun(Console console, boolean json, Clock clock, RunOptions options, OrderlyEnd end) {
        this.console = console;
        this.json = json;
        this.clock = clock;
        this.options = options;
        this.end = end;
    }

    /**
     * Executes the plan to its end.
     *
     * @return the exit code
     */
    int execute(Session session, Plan plan) {
        StopSignal stop = new StopSignal(clock);
        end.guard(stop, options.grace(), console.err());
        try {
            RunReport report = watched(session, plan, stop);
            say(plan, report);
            return report.exitCode();
        } catch (InterruptedException e) {
            throw new ChartreuseException(
                    Diagnostic.error(CliError.STOPPED, "told to end before anything was touched", "Run it again."));
        }
    }

    private RunReport watched(Session session, Plan plan, StopSignal stop) throws InterruptedException {
        if (json && !console.isWatched()) {
            return session.apply(plan, options.with(stop, RunObserver.NONE));
        }
        Printer printer = json ? console.err() : console.out();
        try (ProgressView progress = new ProgressView(printer, clock)) {
            return session.apply(plan, options.with(stop, progress));
        }
    }

    private void say(Plan plan, RunReport report) {
        if (json) {
            console.document(ReportDocument.of(plan, report));
        } else {
            new ReportView(console).print(plan, report);
        }
    }
}
