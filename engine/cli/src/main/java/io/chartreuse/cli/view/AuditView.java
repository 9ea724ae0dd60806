package io.chartreuse.cli.view;

import io.chartreuse.core.approval.Approver;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.audit.VerifiedRuns;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.MigrationResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Runs on record. */
public final class AuditView {

    private final Printer printer;
    private final TextStyle style;

    public AuditView(Printer printer) {
        this.printer = printer;
        this.style = printer.style();
    }

    /** A table, the newest last. */
    public void print(List<Run> runs) {
        if (runs.isEmpty()) {
            printer.line("No run is on record.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                style.dim("RUN"),
                style.dim("PLAN"),
                style.dim("STARTED"),
                style.dim("TOOK"),
                style.dim("OUTCOME"),
                style.dim("RECOVERY"),
                style.dim("BY")));
        runs.forEach(run -> rows.add(row(run)));
        printer.lines(Columns.align(rows, style));
    }

    private List<String> row(Run run) {
        return List.of(
                run.id(),
                Plan.shortId(run.planId()),
                seconds(run.startedAt()),
                took(run),
                RunColour.of(style, run.outcome(), run.outcome().word()),
                run.recovery().map(Recovery::word).orElse("-"),
                run.actor().toString());
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String took(Run run) {
        return run.endedAt()
                .map(end -> Elapsed.of(Duration.between(run.startedAt(), end)))
                .orElse("-");
    }

    /**
     * One run with all its entries, at times since it began.
     *
     * @param approvers who approved its plan
     */
    public void print(Run run, List<Approver> approvers) {
        printer.line(style.bold("Run " + run.id()) + " of release " + run.release());
        printer.lines(Columns.align(facts(run, approvers), style));
        printer.gap();
        List<Entry> entries = run.entries();
        List<List<String>> lines =
                Columns.rows(entries.stream().map(entry -> row(run, entry)).toList(), style);
        for (int i = 0; i < lines.size(); i++) {
            printer.lines(lines.get(i));
            migrations(entries.get(i));
        }
    }

    private List<List<String>> facts(Run run, List<Approver> approvers) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("plan", Plan.shortId(run.planId())));
        rows.add(List.of(
                "outcome", RunColour.of(style, run.outcome(), run.outcome().word())));
        rows.add(List.of("recovery", run.recovery().map(Recovery::word).orElse("-")));
        rows.add(List.of("started", run.startedAt().toString()));
        rows.add(List.of("took", took(run)));
        rows.add(List.of("by", run.actor().described() + ", Chartreuse " + run.chartreuseVersion()));
        Evidence evidence = run.evidence();
        approvers.forEach(approver -> rows.add(List.of("approved by", approved(approver))));
        evidence.policies().forEach(verdict -> rows.add(List.of("judged by", judged(verdict))));
        evidence.downtimes().forEach(time -> rows.add(List.of("down", down(time))));
        evidence.previous().ifPresent(link -> rows.add(List.of("after run", link.run())));
        evidence.exportFailures().forEach(failure -> rows.add(List.of("export", failure.words())));
        evidence.removals().forEach(removal -> rows.add(List.of("retention", removed(removal))));
        return rows;
    }

    private static String approved(Approver approver) {
        return approver
                + approver.at().map(at -> ", " + seconds(at)).orElse("")
                + approver.by().map(by -> ", handed over by " + by).orElse("");
    }

    private static String judged(RuleVerdict verdict) {
        return verdict.rule() + " (" + verdict.effect() + "): "
                + (verdict.warnings().isEmpty() ? "kept" : String.join("; ", verdict.warnings()));
    }

    private static String removed(Removal removal) {
        return "took run " + removal.last().run() + " and all before it, " + seconds(removal.at()) + ", by "
                + removal.by();
    }

    private static String down(Downtime time) {
        return time.address() + " "
                + time.since()
                        .map(since -> DowntimeText.stopped("since " + seconds(since) + ", not back", time))
                        .orElseGet(() -> DowntimeText.back(time).replaceFirst("^down ", ""));
    }

    /** What was found to be as recorded. */
    public void print(VerifiedRuns verified) {
        if (verified.head().isEmpty()) {
            printer.line("No run is on record.");
            return;
        }
        RecordedRun head = verified.head().orElseThrow();
        int count = verified.runs().size();
        printer.line(count == 1 ? "The run on record is as it was recorded." : count + " runs form one chain.");
        verified.removed()
                .ifPresent(link -> printer.line("It begins after run " + link.run() + ", which retention removed."));
        printer.line("Their plans are those that were executed.");
        String newest =
                "Newest: run " + head.run().id() + ", " + head.run().outcome().word();
        printer.line(newest + ", digest " + head.digest());
        printer.line(
                style.dim("Note that digest elsewhere: `audit verify --known` tells later whether it still holds."));
    }

    /** What is committed while a step runs says so itself, and stands at the step's end again. */
    private void migrations(Entry entry) {
        if (entry.event() == Event.WITNESSED) {
            return;
        }
        List<List<String>> rows = entry.migrations().stream().map(this::row).toList();
        Columns.align(rows, style).forEach(line -> printer.line("    " + line));
    }

    private List<String> row(MigrationResult result) {
        boolean applied = result.outcome() == MigrationResult.Outcome.APPLIED;
        return List.of(
                style.sign(applied ? StatusSign.DONE : StatusSign.FAILED),
                result.script(),
                result.outcome().word(),
                result.took().map(Elapsed::of).orElse("found applied, time unknown"));
    }

    private List<String> row(Run run, Entry entry) {
        String outcome = entry.outcome().map(o -> " " + o.word()).orElse("");
        return List.of(
                style.dim("+" + Elapsed.of(Duration.between(run.startedAt(), entry.at()))),
                entry.event().word() + outcome,
                entry.step().map(step -> "step " + step).orElse(""),
                entry.address().map(Object::toString).orElse(""),
                entry.message());
    }
}
