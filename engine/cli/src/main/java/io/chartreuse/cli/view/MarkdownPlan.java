package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Role;
import java.util.Comparator;
import java.util.List;

/**
 * A plan as a comment of a pull request. The same plan always gives the same text. Its first line is a mark that names
 * the release and is not shown: by it the comment is found again that is to be replaced.
 */
public final class MarkdownPlan {

    /** A comment may have 65,536 characters; who posts it adds a few. */
    private static final int ROOM = 62_000;

    private static final int ROOM_FOR_A_LIST = 8_000;
    private static final int ROOM_FOR_CHANGES = 12_000;

    /** As reviewers ask: databases, what guards them, then workloads as they are stopped. */
    private static final Comparator<Change> ORDER = Comparator.comparing((Change change) ->
                    List.of(Role.MIGRATE, Role.GATE, Role.SUSPEND, Role.QUIESCE).indexOf(change.role()))
            .thenComparing(change -> change.role() == Role.QUIESCE ? -change.order() : change.order())
            .thenComparing(Change::address);

    private final Plan plan;
    private final ReviewState reviewed;
    private final StateText states = new StateText(TextStyle.PLAIN);
    private final StringBuilder text = new StringBuilder();

    private MarkdownPlan(Plan plan, ReviewState reviewed) {
        this.plan = plan;
        this.reviewed = reviewed;
    }

    /** @param reviewed what is said of it */
    public static String of(Plan plan, ReviewState reviewed) {
        MarkdownPlan markdown = new MarkdownPlan(plan, reviewed);
        markdown.head();
        markdown.policy();
        markdown.approvals();
        markdown.changes();
        SummaryText.noWorkload(plan).ifPresent(none -> {
            markdown.line("");
            markdown.line(MarkdownText.of(none));
        });
        markdown.warnings();
        markdown.stages();
        markdown.migrations();
        markdown.foot();
        return markdown.text.toString();
    }

    /** {@code <!-- chartreuse-plan shop-prod/shop -->}. */
    static String mark(Plan plan) {
        String release =
                plan.release().namespace().map(namespace -> namespace + "/").orElse("")
                        + plan.release().name();
        return "<!-- chartreuse-plan " + release.replaceAll("[^A-Za-z0-9./-]|--", "_") + " -->";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void heading(String heading) {
        line("");
        line("### " + heading);
        line("");
    }

    private void head() {
        line(mark(plan));
        line("## Chartreuse plan for " + MarkdownText.of(plan.release().toString()));
        line("");
        line("**" + MarkdownText.of(SummaryText.of(plan)) + "**");
        plan.basis().ifPresent(basis -> {
            line("");
            line("> **" + MarkdownText.of(basis.described()) + "** It is refused when it is applied where something has"
                    + " moved since.");
        });
    }

    private void approvals() {
        reviewed.approvals().ifPresent(state -> {
            heading("Approvals");
            line(MarkdownText.of(ApprovalsText.of(state)));
        });
    }

    private void policy() {
        if (!reviewed.violations().isEmpty()) {
            heading("Policy");
            text.append(MarkdownList.ofViolations(reviewed.violations(), ROOM_FOR_A_LIST));
        }
    }

    private void changes() {
        List<Change> changed = plan.changes().stream()
                .filter(change -> !change.unchanged())
                .sorted(ORDER)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        heading("Changes");
        line("| | resource | change | why |");
        line("| --- | --- | --- | --- |");
        int from = text.length();
        long shown = changed.stream()
                .map(this::row)
                .takeWhile(row -> text.length() - from + row.length() < ROOM_FOR_CHANGES)
                .peek(this::line)
                .count();
        if (shown < changed.size()) {
            line("");
            line("And " + (changed.size() - shown) + " more, which the plan itself lists.");
        }
    }

    private String row(Change change) {
        return "| " + MarkdownText.code(StatusSign.of(change.actions()).ascii()) + " | "
                + MarkdownText.code(change.address().toString()) + " | " + MarkdownText.of(states(change)) + " | "
                + MarkdownText.of(change.reason()) + " |";
    }

    private String states(Change change) {
        return change.during()
                .map(during -> states.of(change.before()) + " -> " + states.of(during)
                        + (change.actions().contains("start")
                                        || change.actions().contains("resume")
                                ? " -> " + states.of(change.after())
                                : ""))
                .orElseGet(() -> states.between(change.before(), change.after()));
    }

    private void warnings() {
        List<Diagnostic> findings = plan.changes().stream()
                .flatMap(change -> change.findings().stream())
                .toList();
        if (!findings.isEmpty()) {
            heading("Warnings");
            text.append(MarkdownList.ofFindings(findings, ROOM_FOR_A_LIST));
        }
    }

    private void stages() {
        if (!plan.isEmpty()) {
            heading("Stages");
            text.append(MarkdownText.block("mermaid", StagesDiagram.of(plan)));
        }
    }

    private void migrations() {
        String migrations = MarkdownMigrations.of(plan, ROOM - text.length());
        if (!migrations.isEmpty()) {
            heading("Migrations");
            text.append(migrations);
        }
    }

    /** All that differs from one plan to another that does the same is in its last line. */
    private void foot() {
        line("");
        line("Strategy " + plan.strategy().word() + ", on failure "
                + plan.onFailure().word() + ", by Chartreuse " + MarkdownText.of(plan.chartreuseVersion()) + ".");
        line("");
        line("Plan id: " + MarkdownText.code(plan.id()) + ", made " + plan.createdAt());
    }
}
