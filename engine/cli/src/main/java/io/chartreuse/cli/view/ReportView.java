package io.chartreuse.cli.view;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came of a run: how it ended, how long workloads were down, and what is still wrong. */
public final class ReportView {

    private final Printer out;
    private final Printer err;
    private final TextStyle style;

    public ReportView(Console console) {
        this.out = console.out();
        this.err = console.err();
        this.style = out.style();
    }

    public void print(Plan plan, RunReport report) {
        Optional<Run> run = report.run();
        if (run.isEmpty()) {
            out.line(style.bold("Nothing to do."));
        } else if (!report.executed()) {
            before(plan, run.get());
        } else {
            executed(plan, run.get(), report);
        }
    }

    private void before(Plan plan, Run run) {
        out.line(style.bold("Nothing to do.") + " Plan " + plan.shortId() + " was carried out before, by run "
                + run.id() + ", which ended " + at(run.endedAt().orElse(run.startedAt())) + ".");
    }

    private static String at(Instant time) {
        return time.toString();
    }

    private void executed(Plan plan, Run run, RunReport report) {
        out.gap();
        out.line(verdict(plan, run));
        downtimes(plan, run);
        deploymentFollows(plan, run);
        if (!report.problems().isEmpty()) {
            err.gap();
            new DiagnosticsView(err).print(report.problems());
        }
        if (run.outcome() == Outcome.INTERRUPTED) {
            out.line("Go on with: chartreuse apply --plan-id " + plan.shortId());
        }
        run.recovery().ifPresent(recovery -> banner(plan, run, recovery));
    }

    private String verdict(Plan plan, Run run) {
        String took = run.endedAt()
                .map(end -> Elapsed.of(Duration.between(run.startedAt(), end)))
                .orElse("an unknown time");
        return switch (run.outcome()) {
            case SUCCEEDED ->
                style.sign(StatusSign.DONE) + " " + style.bold("Plan " + plan.shortId() + " was carried out in " + took)
                        + " (run " + run.id() + ").";
            case INTERRUPTED ->
                style.sign(StatusSign.FAILED) + " "
                        + style.bold("Run " + run.id() + " was stopped in order after " + took + ".")
                        + recovered(plan, run);
            default ->
                style.sign(StatusSign.FAILED) + " "
                        + style.bold("Run " + run.id() + " " + run.outcome().word() + " after " + took + ".")
                        + recovered(plan, run);
        };
    }

    /** Of a release without workloads nothing is said of them. */
    private static String recovered(Plan plan, Run run) {
        boolean concerned = plan.changes().stream().anyMatch(change -> change.role() == Role.QUIESCE);
        return run.recovery()
                .filter(recovery -> concerned || recovery != Recovery.NONE)
                .map(recovery -> switch (recovery) {
                    case NONE -> " No workload had been stopped.";
                    case RESTORED -> " The workloads were restored.";
                    case HELD ->
                        run.isHolding()
                                ? " The workloads are held in maintenance."
                                : " The workloads were put back by others, and run.";
                    case FAILED -> " Not every workload could be restored.";
                })
                .orElse("");
    }

    private void downtimes(Plan plan, Run run) {
        List<List<String>> rows = Downtime.of(plan, run).stream()
                .map(time -> List.of(
                        time.address().toString(),
                        time.since()
                                .map(since -> style.yellow(DowntimeText.stopped("stopped since " + at(since), time)))
                                .orElseGet(() -> DowntimeText.back(time))))
                .toList();
        out.lines(Columns.align(rows, style));
    }

    /** Helm's client may be killed between its hooks: then nothing starts what this run has left stopped. */
    private void deploymentFollows(Plan plan, Run run) {
        boolean stopped =
                Downtime.of(plan, run).stream().anyMatch(time -> time.since().isPresent());
        if (run.outcome() == Outcome.SUCCEEDED && stopped) {
            out.line(
                    "  The deployment that follows starts them. Where none follows, as when Helm's client was killed: `helm"
                            + " rollback`, or `chartreuse restore`.");
        }
    }

    /** The last thing that is said, and not to be overlooked: people are without their service. */
    private void banner(Plan plan, Run run, Recovery recovery) {
        if (recovery != Recovery.HELD && recovery != Recovery.FAILED) {
            return;
        }
        List<Downtime> times = Downtime.of(plan, run);
        TextStyle loud = err.style();
        err.gap();
        err.line(loud.loud("!!! WORKLOADS " + became(run, recovery) + " !!!"));
        times.stream()
                .filter(time -> time.since().isPresent())
                .forEach(time -> shout(loud.bold(time.address().toString())));
        times.stream()
                .filter(Downtime::isLeftPutBack)
                .forEach(time -> shout(loud.bold(time.address().toString()) + " was put back by others, and runs"));
        boolean onlyMarks = recovery == Recovery.HELD && !run.isHolding();
        shout((onlyMarks
                        ? "Resume their autoscalers and take the marks of the stop off them: "
                        : "Bring them back as things stand: ")
                + loud.bold("chartreuse restore"));
    }

    private static String became(Run run, Recovery recovery) {
        if (recovery == Recovery.FAILED) {
            return "ARE NOT ALL RESTORED";
        }
        return run.isHolding() ? "ARE HELD IN MAINTENANCE" : "RUN, PUT BACK BY OTHERS";
    }

    private void shout(String line) {
        err.line(err.style().red("!!!") + " " + line);
    }
}
