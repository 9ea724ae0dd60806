package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.policy.Violation;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Migration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plan as a comment of a pull request. The same plan always gives the same text. Its first line is a mark that names
 * the release and is not shown: by it the comment is found again that is to be replaced.
 */
public final class MarkdownPlan {

    /** A comment may have 65,536 characters; what is left is for everything else. */
    private static final int ROOM_FOR_SQL = 40_000;

    private static final int ROOM = 64_000;

    private final Plan plan;
    private final StateText states = new StateText(Look.PLAIN);
    private final StringBuilder text = new StringBuilder();
    private int room = ROOM_FOR_SQL;

    private MarkdownPlan(Plan plan) {
        this.plan = plan;
    }

    /** @param violations the rules that it breaks */
    public static String of(Plan plan, List<Violation> violations) {
        MarkdownPlan markdown = new MarkdownPlan(plan);
        markdown.head();
        markdown.policy(violations);
        markdown.changes();
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

    private void policy(List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        heading("Policy");
        for (Violation violation : violations) {
            String about = violation
                    .address()
                    .map(address -> MarkdownText.code(address.toString()) + ": ")
                    .orElse("");
            line("- **" + (violation.denies() ? "deny" : "warn") + "** " + MarkdownText.code(violation.rule()) + " "
                    + about + MarkdownText.of(violation.message())
                    + remedy(violation.remedy()));
        }
    }

    private static String remedy(String remedy) {
        return remedy.isEmpty() ? "" : "<br>" + MarkdownText.of(remedy);
    }

    private void changes() {
        List<Change> changed =
                plan.changes().stream().filter(change -> !change.unchanged()).toList();
        if (changed.isEmpty()) {
            return;
        }
        heading("Changes");
        line("| | resource | change | why |");
        line("| --- | --- | --- | --- |");
        long shown = changed.stream()
                .map(this::row)
                .takeWhile(row -> text.length() + row.length() < ROOM - ROOM_FOR_SQL)
                .peek(this::line)
                .count();
        if (shown < changed.size()) {
            line("");
            line("And " + (changed.size() - shown) + " more, which the plan itself lists.");
        }
    }

    private String row(Change change) {
        return "| " + MarkdownText.code(Sign.of(change.actions()).ascii()) + " | "
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
        if (findings.isEmpty()) {
            return;
        }
        heading("Warnings");
        for (Diagnostic finding : findings) {
            String about = finding.address()
                    .map(address -> MarkdownText.code(address.toString()) + ": ")
                    .orElse("");
            line("- " + about + MarkdownText.of(finding.summary()) + remedy(finding.remedy()));
        }
    }

    private void stages() {
        if (!plan.isEmpty()) {
            heading("Stages");
            text.append(MarkdownText.block("mermaid", StagesDiagram.of(plan)));
        }
    }

    private void migrations() {
        List<Change> databases = plan.changes().stream()
                .filter(change -> !change.migrations().isEmpty())
                .toList();
        if (!databases.isEmpty()) {
            heading("Migrations");
            databases.forEach(change -> change.migrations().forEach(migration -> migration(change, migration)));
        }
    }

    private void migration(Change change, Migration migration) {
        String title = MarkdownText.code(migration.script()) + " " + MarkdownText.of(migration.description()) + " ("
                + MarkdownText.of(change.address().toString()) + ")"
                + (migration.transactional() ? "" : ", <b>not transactional</b>");
        String sql = migration
                .sql()
                .map(told -> MarkdownText.block("sql", told))
                .filter(block -> block.length() <= room)
                .orElse("");
        if (text.length() + title.length() + sql.length() > ROOM) {
            return;
        }
        room -= sql.length();
        if (sql.isEmpty()) {
            line("- " + title + ": "
                    + (migration.sql().isPresent() ? "too long to be shown here" : "its SQL is not told"));
            line("");
        } else {
            Stream.of("<details><summary>" + title + "</summary>", "", sql + "\n</details>", "")
                    .forEach(this::line);
        }
    }

    private void foot() {
        line("");
        line("Made " + plan.createdAt() + " by Chartreuse " + MarkdownText.of(plan.chartreuseVersion()) + ", strategy "
                + plan.strategy().word() + ", on failure " + plan.onFailure().word() + ".");
        line("");
        line("Plan id: " + MarkdownText.code(plan.id()));
    }
}
