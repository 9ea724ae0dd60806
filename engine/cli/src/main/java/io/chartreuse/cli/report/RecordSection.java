package io.chartreuse.cli.report;

import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.MigrationResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps as they are on record, the record entry by entry, and where it stands in the chain. */
final class RecordSection {

    private final Html html;
    private final ReportInput input;
    private final Run run;
    private final Timeline timeline;

    RecordSection(Html html, ReportInput input, Timeline timeline) {
        this.html = html;
        this.input = input;
        this.run = input.run();
        this.timeline = timeline;
    }

    void write() {
        steps();
        entries();
        chain();
    }

    private void steps() {
        html.element("h2", "Steps");
        ScrollTable table =
                new ScrollTable(html, "Steps", "step", "stage", "resource", "to", "began", "took", "outcome");
        Map<String, Entry> ends = ends();
        for (Timeline.Band band : timeline.stages()) {
            band.rows().forEach(row -> step(table, band.name(), row, Optional.ofNullable(ends.get(row.step()))));
        }
        run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_SKIPPED)
                .forEach(entry -> skipped(table, entry));
        table.end();
    }

    private Map<String, Entry> ends() {
        Map<String, Entry> ends = new LinkedHashMap<>();
        run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .forEach(entry -> entry.step().ifPresent(step -> ends.put(step, entry)));
        return ends;
    }

    private void step(ScrollTable table, String stage, Timeline.Row row, Optional<Entry> end) {
        Span last = row.last();
        String times = row.spans().size() == 1 ? "" : " (begun " + row.spans().size() + " times)";
        table.row()
                .cell(row.step(), "number")
                .cell(stage, "word")
                .code(row.address())
                .cell(row.to(), "word")
                .cell(Times.clock(last.begin(), run.startedAt()) + times, "number")
                .cell(last.open() ? "not known" : Lengths.of(last.took()), "number");
        html.open("td", "class", "wide").element("span", sign(last.kind()), "class", last.kind());
        end.filter(entry -> !last.open()).ifPresent(this::showEnd);
        html.close();
        table.endRow();
    }

    private void showEnd(Entry entry) {
        if (!entry.message().isEmpty()) {
            html.element("p", entry.message());
        }
        migrations(entry.migrations());
        if (!entry.log().isEmpty()) {
            html.open("details").element("summary", "last lines");
            html.element("pre", String.join("\n", entry.log()), "tabindex", "0").close();
        }
    }

    private void migrations(List<MigrationResult> results) {
        if (results.isEmpty()) {
            return;
        }
        html.open("details", "open", "open")
                .element("summary", results.size() + " migrations")
                .open("ul");
        for (MigrationResult result : results) {
            String took = result.took().map(Lengths::of).orElse("found applied, its time is not known");
            html.open("li").element("code", result.script());
            html.text(" " + result.outcome().word() + ", " + took).close();
        }
        html.close().close();
    }

    private static String sign(String kind) {
        return switch (kind) {
            case "succeeded" -> "✓ succeeded";
            case "failed" -> "✗ failed";
            case "interrupted" -> "‖ interrupted";
            case "running" -> "… goes on";
            default -> "? its end is not on record";
        };
    }

    private void skipped(ScrollTable table, Entry entry) {
        table.row()
                .cell(entry.step().orElse(""), "number")
                .cell("", "")
                .code(entry.address().map(Object::toString).orElse(""))
                .cell("", "")
                .cell("", "")
                .cell("", "")
                .cell("not begun: " + entry.message(), "wide")
                .endRow();
    }

    private void entries() {
        html.element("h2", "The record, entry by entry");
        html.open("details").element("summary", run.entries().size() + " entries");
        ScrollTable table = new ScrollTable(html, "Entries", "#", "at", "since", "event", "resource", "message");
        for (Entry entry : run.entries()) {
            table.row()
                    .cell(String.valueOf(entry.sequence()), "number")
                    .cell(Times.clock(entry.at(), run.startedAt()), "number")
                    .cell("+" + Lengths.of(Duration.between(run.startedAt(), entry.at())), "number")
                    .cell(
                            entry.event().word()
                                    + entry.outcome()
                                            .map(StepOutcome::word)
                                            .map(word -> " " + word)
                                            .orElse(""),
                            "word")
                    .code(entry.address().map(Object::toString).orElse(""))
                    .cell(entry.message(), "wide")
                    .endRow();
        }
        table.end();
        html.closeLine();
    }

    private void chain() {
        html.element("h2", "Chain of runs").open("dl");
        html.element("dt", "Digest of this record")
                .open("dd")
                .element("code", input.recorded().digest());
        html.text(run.endedAt().isPresent() ? "" : " (it changes while the run goes on)")
                .close();
        html.element("dt", "Run before").open("dd");
        run.evidence()
                .previous()
                .ifPresentOrElse(
                        link -> html.element("code", link.run())
                                .text(", digest ")
                                .element("code", link.digest()),
                        () -> html.text("none: it is the first of its chain"));
        html.close();
        html.element("dt", "Run after").element("dd", input.next().orElse("none yet: this is the newest"));
        run.evidence()
                .exportFailures()
                .forEach(failure -> html.element("dt", "Export").element("dd", failure.words()));
        run.evidence().removals().forEach(this::removal);
        html.element("dt", "Verification").open("dd");
        verification();
        html.close().closeLine();
    }

    private void removal(Removal removal) {
        html.element("dt", "Retention")
                .element(
                        "dd",
                        Times.of(removal.at()) + ", " + removal.by() + ": run "
                                + removal.last().run() + " and all before it were taken off the record");
    }

    private void verification() {
        input.problem()
                .ifPresentOrElse(
                        problem -> html.element("strong", "✗ The record does not hold: ", "class", "failed")
                                .text(problem),
                        () -> html.element("strong", "✓ Holds. ", "class", "succeeded")
                                .text(
                                        "When this report was made, all runs on record formed one chain, and their plans and"
                                                + " approvals were those that the runs name. That cannot show whether the newest runs"
                                                + " were taken away, or all was written anew: compare digests noted elsewhere."));
    }
}
