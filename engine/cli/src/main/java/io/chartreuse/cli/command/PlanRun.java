package io.chartreuse.cli.command;

import io.chartreuse.cli.document.ReportDocument;
import io.chartreuse.cli.insight.RunVerdict;
import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.logging.RunEventLog;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.ProgressView;
import io.chartreuse.cli.view.ReportView;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Executes a plan, shows its progress to the user, and reports the result. */
final class PlanRun {

    private final Console console;
    private final Host host;
    private final GlobalOptions global;
    private final RunOptions options;
    private final OrderlyEnd end;

    PlanRun(Console console, Host host, GlobalOptions global, RunOptions options, OrderlyEnd end) {
        this.console = console;
        this.host = host;
        this.global = global;
        this.options = options;
        this.end = end;
    }

    /**
     * Takes the lock, then makes the plan: a plan made while another run is under way is out of date when that run
     * ends. The lock is released if the process is asked to end meanwhile.
     *
     * @param choice the plan to execute; empty where there is nothing to do
     */
    Optional<Plan> choose(Session session, Supplier<Optional<Plan>> choice) throws InterruptedException {
        return choose(session, session::hold, choice);
    }

    /**
     * The same for a plan that only brings workloads back, which must not fail because a lock that no process holds
     * cannot be taken.
     */
    Optional<Plan> chooseToRestore(Session session, Supplier<Optional<Plan>> choice) throws InterruptedException {
        return choose(session, session::holdAnyway, choice);
    }

    /** How the lock is taken. */
    private interface Taking {
        void take(Duration patience, Consumer<String> notes) throws InterruptedException;
    }

    private Optional<Plan> choose(Session session, Taking lock, Supplier<Optional<Plan>> choice)
            throws InterruptedException {
        end.releasing(this::sayUntouched, () -> {
            lock.take(options.lockTimeout(), console.err()::line);
            return true;
        });
        return end.releasing(
                () -> {
                    sayUntouched();
                    session.letGo();
                },
                choice::get);
    }

    private void sayUntouched() {
        console.err().line("Asked to end before the run began: nothing was changed.");
    }

    /**
     * Executes the plan to its end.
     *
     * @return the exit code
     */
    int execute(Session session, Plan plan) {
        global.pins(host).compare();
        StopSignal stop = new StopSignal(host.clock());
        end.guard(stop, options.grace(), console.err());
        try {
            RunReport report = logged(session, plan, stop);
            new TerminationMessage(host.environment(), host.redactor()::redact).write(RunVerdict.of(plan, report));
            say(plan, report);
            return report.exitCode();
        } catch (InterruptedException e) {
            throw new ChartreuseException(
                    Diagnostic.error(CliError.STOPPED, "asked to end before anything was changed", "Run it again."));
        }
    }

    private RunReport logged(Session session, Plan plan, StopSignal stop) throws InterruptedException {
        return global.logFormat() == LogFormat.json
                ? watched(session, plan, stop, new RunEventLog(console.err(), host.clock()))
                : watched(session, plan, stop, RunObserver.NONE);
    }

    /**
     * Shows progress to people: with the results, or on the error stream beside a JSON document if that stream is a
     * terminal.
     */
    private RunReport watched(Session session, Plan plan, StopSignal stop, RunObserver log)
            throws InterruptedException {
        boolean logged = global.logFormat() == LogFormat.json;
        if (global.isJson() && (logged || !console.isWatched())) {
            return session.apply(plan, options.with(stop, log));
        }
        try (ProgressView progress =
                ProgressView.begin(global.isJson() ? console.err() : console.out(), host.clock())) {
            return session.apply(plan, options.with(stop, event -> {
                log.on(event);
                progress.on(event);
            }));
        }
    }

    private void say(Plan plan, RunReport report) {
        if (global.isJson()) {
            console.document(ReportDocument.of(plan, report));
        } else {
            new ReportView(console).print(plan, report);
        }
    }
}
