package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Golden;
import io.chartreuse.core.approval.ApprovalError;
import io.chartreuse.core.approval.ApprovalState;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MarkdownPlanTest {

    private static final RuleViolation DENIED = new RuleViolation(
            "window",
            true,
            "not on a Sunday",
            "Wait for Monday.",
            Optional.of(Address.parse("postgres.database/main")),
            List.of("/context/now/weekday: does not have a value in the enumeration"),
            new Location("policies/window.json", 7, 5, "/rules/0"));

    private static final Migration MIGRATION = migration("V6__add.sql", "add", "SELECT 1;");

    @Test
    void aPlanReadsAsTheGoldenFileSays() {
        String text = MarkdownPlan.of(
                RichPlan.of(Intent.MIGRATE_AND_RESTORE),
                new ReviewState(
                        List.of(DENIED),
                        Optional.of(new ApprovalState(2, List.of("dba (sha256:6f0c)"), List.of("ops")))));

        Golden.assertSame("plan-markdown", text);
    }

    @Test
    void aPlanWithSqlAndHostileTextReadsAsTheGoldenFileSays() {
        Golden.assertSame("plan-markdown-hostile", MarkdownPlan.of(hostile(), ReviewState.NOT));
    }

    @Test
    void nothingHostileLeavesItsPlace() {
        String text = MarkdownPlan.of(hostile(), ReviewState.NOT);
        String outsideOfSql = text.replaceAll("(?s)(```+)(sql|mermaid)\n.*?\n\\1\n", "");

        assertFalse(outsideOfSql.contains("<script>"), outsideOfSql);
        assertFalse(outsideOfSql.contains("@"), "nobody is called");
        assertFalse(
                page(outsideOfSql).matches("(?s).*(@\\w|#\\d|https?:/|www\\.|GH-\\d).*"),
                "nor by what a page makes of the text: " + page(outsideOfSql));
        assertFalse(outsideOfSql.contains("](http"), outsideOfSql);
        assertFalse(text.contains("\u202e"), "direction marks are shown, not obeyed");
        assertEquals(1, text.lines().filter(line -> line.startsWith("<!--")).count());
        assertTrue(text.startsWith("<!-- chartreuse-plan shop -->\n"), text);
        text.lines()
                .filter(line -> line.startsWith("| "))
                .forEach(line ->
                        assertEquals(5, line.chars().filter(c -> c == '|').count(), line));
    }

    @Test
    void aPlanThatLookedForWorkloadsAndFoundNoneSaysSo() {
        List<Change> changes = Differ.diff(List.of(database(MIGRATION)), Intent.MIGRATE_AND_RESTORE);
        Plan looked = Planner.plan(request(RichPlan.NOW, "kubernetes", "postgres"), changes);
        String none = "No workload of release shop was found";

        assertTrue(MarkdownPlan.of(looked, ReviewState.NOT).contains(none));
        assertFalse(
                MarkdownPlan.of(plan(RichPlan.NOW, MIGRATION), ReviewState.NOT).contains(none));
        assertFalse(MarkdownPlan.of(RichPlan.of(Intent.MIGRATE_AND_RESTORE), ReviewState.NOT)
                .contains(none));
    }

    @Test
    void aCommentIsNeverTooLong() {
        Migration[] many = IntStream.range(0, 500)
                .mapToObj(i -> migration("V" + i + "__many.sql", "many", "SELECT 1;\n".repeat(100)))
                .toArray(Migration[]::new);
        String text = MarkdownPlan.of(plan(RichPlan.NOW, many), ReviewState.NOT);

        assertTrue(text.length() < 65_536, text.length() + " characters");
        assertTrue(text.contains("Plan id:"), "the end is there");
        assertTrue(text.contains("too long to be shown here"), "and it says what is not");
        assertTrue(text.contains("more, which the plan itself lists"), "and how much");
    }

    @Test
    void neitherRulesNorWarningsNorStagesMakeACommentTooLong() {
        List<RuleViolation> violations = Collections.nCopies(2_000, DENIED);
        List<Resource> workloads = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            workloads.add(Resource.quiesce(
                            new Address("kubernetes.deployment", "w".repeat(100) + i),
                            i,
                            RichPlan.state("{'replicas': 1}"),
                            RichPlan.state("{'replicas': 1}"),
                            RichPlan.state("{'replicas': 0}"),
                            "priority " + i)
                    .withFindings(List.of(Diagnostic.warning(ApprovalError.MISSING, "warned".repeat(100), "Fix it."))));
        }
        workloads.add(database(migration("V6__x.sql", "x", "SELECT 1;")));
        Plan plan = Planner.plan(request(RichPlan.NOW), Differ.diff(workloads, Intent.MIGRATE_AND_RESTORE));

        String text = MarkdownPlan.of(plan, new ReviewState(violations, Optional.empty()));

        assertTrue(text.length() < 65_000, text.length() + " characters");
        assertTrue(text.contains("more, which are too long to be shown here"), text);
        assertTrue(text.contains("Plan id: <code>sha256:"), "the end is there");
        assertTrue(text.contains("V6&#95;&#95;x.sql"), "and the migration");
    }

    @Test
    void anotherPlanThatDoesTheSameDiffersInTheLastLineOnly() {
        String first = MarkdownPlan.of(plan(RichPlan.NOW, MIGRATION), ReviewState.NOT);
        String again = MarkdownPlan.of(plan(RichPlan.NOW.plusSeconds(60), MIGRATION), ReviewState.NOT);

        List<String> lines = first.lines().toList();
        assertNotEquals(first, again);
        assertEquals(lines.subList(0, lines.size() - 1), again.lines().toList().subList(0, lines.size() - 1));
    }

    @Test
    void whatKeptAPlanFromBeingMadeIsToldAndIsNothingButText() {
        String text = MarkdownProblems.of(List.of(
                Diagnostic.error(ApprovalError.MISSING, "@team <b> | ```", "Add this:\n  ```\n  <img>\n</details>")
                        .about(new Address("postgres.database", "main"))
                        .at(new Location("chartreuse.yaml", 3, 5, "/postgres"))));

        assertEquals("""
                ## No Chartreuse plan could be made

                - **error** <code>postgres.database/main</code>: &#64;&#8203;team &#60;b&#62; &#124; &#96;&#96;&#96; at \
                <code>chartreuse.yaml:3:5 /postgres</code> (<code>approval.missing</code>)

                  ````text
                  Add this:
                    ```
                    <img>
                  </details>
                  ````
                """, text);
    }

    /** The text of the finished page, where sites look for mentions and addresses. */
    private static String page(String text) {
        return Pattern.compile("&#(\\d+);")
                .matcher(text)
                .replaceAll(entity -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(entity.group(1)))));
    }

    private static Plan hostile() {
        return plan(
                RichPlan.NOW,
                migration(
                        "V6__`|<script>.sql",
                        "@everyone | see [here](http://evil) **<img src=x>** \u202e #1 GH-2 www.evil.org"
                                + " <!-- chartreuse-plan other -->",
                        "SELECT '```\n</details><script>';\n-- \u202e"));
    }

    private static Migration migration(String script, String description, String sql) {
        return new Migration(Optional.of("6"), description, script, Sha256.of(script), true).withSql(sql);
    }

    private static Plan plan(Instant made, Migration... migrations) {
        return Planner.plan(request(made), Differ.diff(List.of(database(migrations)), Intent.MIGRATE_AND_RESTORE));
    }

    private static PlanRequest request(Instant made) {
        return request(made, "postgres");
    }

    private static PlanRequest request(Instant made, String... providers) {
        return new PlanRequest(
                new Release("shop", Optional.empty()),
                Strategy.AFTER,
                OnFailure.HOLD,
                Sha256.of("configuration"),
                List.of(providers),
                "1.0.0",
                made);
    }

    private static Resource database(Migration... migrations) {
        return Resource.migrate(
                new Address("postgres.database", "m|`\"]<b>"),
                RichPlan.state("{'revision': '5'}"),
                RichPlan.state("{'revision': '6|<i>'}"),
                List.of(migrations),
                "a | reason\nwith `two` lines");
    }
}
