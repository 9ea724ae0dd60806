package io.chartreuse.cli.report;

import io.chartreuse.cli.view.MigrationText;
import io.chartreuse.cli.view.StateText;
import io.chartreuse.cli.view.TextStyle;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.util.List;

/** What the plan held. */
final class PlanSection {

    private final Html html;
    private final ReportInput input;
    private final StateText states = new StateText(new TextStyle(false, true));

    PlanSection(Html html, ReportInput input) {
        this.html = html;
        this.input = input;
    }

    void write() {
        input.plan().ifPresent(plan -> {
            changes(plan);
            warnings(plan);
            migrations(plan);
        });
    }

    private void changes(Plan plan) {
        html.element("h2", "Changes");
        ScrollTable table = new ScrollTable(html, "Changes", "resource", "actions", "change", "why");
        plan.changes().stream()
                .filter(change -> !change.unchanged())
                .forEach(change -> table.row()
                        .code(change.address().toString())
                        .cell(String.join(", ", change.actions()), "")
                        .cell(states(change), "wide")
                        .cell(change.reason(), "wide")
                        .endRow());
        table.end();
        long unchanged = plan.changes().stream().filter(Change::unchanged).count();
        if (unchanged > 0) {
            html.element("p", "And " + unchanged + " unchanged, which the plan names.", "class", "quiet");
        }
    }

    private String states(Change change) {
        boolean back = change.actions().contains("start") || change.actions().contains("resume");
        return change.during()
                .map(during -> states.of(change.before()) + " → " + states.of(during)
                        + (back ? " → " + states.of(change.after()) : ""))
                .orElseGet(() -> states.between(change.before(), change.after()));
    }

    private void warnings(Plan plan) {
        List<Diagnostic> findings = plan.changes().stream()
                .flatMap(change -> change.findings().stream())
                .toList();
        if (findings.isEmpty()) {
            return;
        }
        html.element("h3", "Warnings that were accepted with the plan").open("ul");
        for (Diagnostic finding : findings) {
            String about = finding.address().map(address -> address + ": ").orElse("");
            html.element("li", about + finding.summary());
        }
        html.closeLine();
    }

    private void migrations(Plan plan) {
        List<Change> databases = plan.changes().stream()
                .filter(change -> !change.migrations().isEmpty())
                .toList();
        if (databases.isEmpty()) {
            return;
        }
        html.element("h2", "Migrations");
        for (Change database : databases) {
            html.open("h3").element("code", database.address().toString()).close();
            database.migrations().forEach(this::migration);
        }
    }

    private void migration(Migration migration) {
        html.open("details").open("summary").element("code", migration.script());
        html.text(" " + migration.description());
        String marks = MigrationText.marks(migration);
        if (!marks.isEmpty()) {
            html.text(" ").element("strong", marks);
        }
        html.close();
        html.open("p", "class", "quiet")
                .text("Digest of the file: ")
                .element("code", migration.digest())
                .close();
        html.element("pre", migration.sql().orElseGet(() -> MigrationText.withoutSql(migration)), "tabindex", "0");
        html.closeLine();
    }
}
