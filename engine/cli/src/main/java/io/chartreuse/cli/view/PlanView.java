package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A plan, as a reviewer wants to see it: databases, gates, safeguards, workloads, stages, warnings, one line that sums up. */
public final class PlanView {

    private final Printer printer;
    private final TextStyle style;
    private final StateText states;

    public PlanView(Printer printer) {
        this.printer = printer;
        this.style = printer.style();
        this.states = new StateText(style);
    }

    public void print(Plan plan) {
        printer.line(style.bold("Plan " + plan.shortId()) + " for release "
                + style.bold(plan.release().name())
                + plan.release().namespace().map(n -> " in namespace " + n).orElse(""));
        printer.line(style.dim("made " + plan.createdAt() + style.dot() + "strategy "
                + plan.strategy().word() + style.dot() + "on failure "
                + plan.onFailure().word()));
        plan.basis()
                .ifPresent(
                        basis -> printer.line(style.sign(StatusSign.WARNING) + " " + style.yellow(basis.described())));
        databases(plan);
        gates(plan);
        safeguards(plan);
        workloads(plan);
        printer.lines(new StagesText(style).of(plan));
        warnings(plan);
        printer.gap();
        printer.line(style.bold(SummaryText.of(plan)));
    }

    private void heading(String text) {
        printer.gap();
        printer.line(style.bold(text));
    }

    /** Those that stay as they are too: a reviewer asks for them. */
    private void databases(Plan plan) {
        List<Change> databases = with(plan, Role.MIGRATE);
        if (databases.isEmpty()) {
            return;
        }
        heading("Databases");
        List<List<String>> lines =
                Columns.rows(databases.stream().map(this::database).toList(), style);
        for (int i = 0; i < lines.size(); i++) {
            printer.lines(lines.get(i));
            migrations(databases.get(i).migrations());
        }
    }

    private List<String> database(Change change) {
        return List.of(
                style.sign(StatusSign.of(change.actions())),
                change.address().toString(),
                states.between(change.before(), change.after()),
                style.dim(change.reason()));
    }

    private void migrations(List<Migration> migrations) {
        List<List<String>> rows =
                MigrationText.folded(migrations).stream().map(this::migration).toList();
        Columns.align(rows, style).forEach(line -> printer.line("      " + line));
        MigrationText.left(migrations).ifPresent(more -> printer.line(style.dim("        " + more)));
        HeldSql.of(migrations).ifPresent(held -> printer.line(style.dim("        " + held)));
    }

    private List<String> migration(Migration migration) {
        return List.of(
                MigrationText.name(migration),
                migration.description(),
                style.dim(migration.script()),
                MigrationText.marks(migration).isEmpty()
                        ? ""
                        : style.yellow("[" + MigrationText.marks(migration) + "]"));
    }

    private void gates(Plan plan) {
        List<Change> gates = with(plan, Role.GATE).stream()
                .filter(change -> !change.unchanged())
                .toList();
        if (!gates.isEmpty()) {
            heading("Gates");
            printer.lines(Columns.align(gates.stream().map(this::gate).toList(), style));
        }
    }

    private List<String> gate(Change change) {
        return List.of(
                style.sign(StatusSign.of(change.actions())),
                change.address().toString(),
                states.between(change.before(), change.after()),
                style.dim(change.reason()));
    }

    /** What is out of force while databases migrate. */
    private void safeguards(Plan plan) {
        List<List<String>> rows = with(plan, Role.SUSPEND).stream()
                .filter(change -> !change.unchanged())
                .map(this::safeguard)
                .toList();
        if (!rows.isEmpty()) {
            heading("Safeguards");
            printer.lines(Columns.align(rows, style));
        }
    }

    private List<String> safeguard(Change change) {
        List<String> row = new ArrayList<>(List.of(
                style.sign(StatusSign.of(change.actions())), change.address().toString(), states.of(change.before())));
        change.during().ifPresent(during -> row.add(style.arrow() + " " + states.of(during)));
        row.add(style.arrow() + " " + states.of(change.after()));
        row.add(style.dim(change.reason()));
        return row;
    }

    private void workloads(Plan plan) {
        List<Change> workloads = with(plan, Role.QUIESCE).stream()
                .filter(change -> !change.unchanged())
                .sorted(Comparator.comparing(Change::order).reversed().thenComparing(Change::address))
                .toList();
        SummaryText.noWorkload(plan).ifPresent(none -> {
            heading("Workloads");
            printer.line("  " + none);
        });
        if (workloads.isEmpty()) {
            return;
        }
        heading("Workloads");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < workloads.size(); i++) {
            Change change = workloads.get(i);
            boolean first = i == 0 || workloads.get(i - 1).order() != change.order();
            rows.add(workload(first ? style.dim("priority " + change.order()) : "", change));
        }
        printer.lines(Columns.align(rows, style));
    }

    private List<String> workload(String priority, Change change) {
        List<String> row = new ArrayList<>(List.of(
                priority,
                style.sign(StatusSign.of(change.actions())),
                change.address().toString(),
                states.of(change.before())));
        change.during().ifPresent(during -> row.add(style.arrow() + " " + states.of(during)));
        row.add(style.arrow() + " " + after(change));
        return row;
    }

    private String after(Change change) {
        if (change.during().isPresent() && !change.actions().contains("start")) {
            return change.during().get().equals(change.after()) ? "stays so" : "left to the deployment";
        }
        return change.after().equals(change.before()) ? "as before" : states.of(change.after());
    }

    private void warnings(Plan plan) {
        List<Diagnostic> findings = plan.changes().stream()
                .flatMap(change -> change.findings().stream())
                .toList();
        if (findings.isEmpty()) {
            return;
        }
        heading("Warnings");
        for (Diagnostic finding : findings) {
            String address = finding.address().map(Object::toString).orElse("");
            String about = address.isEmpty() || finding.summary().contains(address) ? "" : address + ": ";
            printer.line("  " + style.sign(StatusSign.WARNING) + " " + about + finding.summary());
            finding.remedy().lines().forEach(line -> printer.line("    " + style.dim(line)));
        }
    }

    private static List<Change> with(Plan plan, Role role) {
        return plan.changes().stream().filter(change -> change.role() == role).toList();
    }
}
