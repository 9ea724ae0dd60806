package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Golden;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.policy.Violation;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Location;
import io.chartreuse.spi.Migration;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MarkdownPlanTest {

    private static final Violation DENIED = new Violation(
            "window",
            true,
            "not on a Sunday",
            "Wait for Monday.",
            Optional.of(Address.parse("postgres.database/main")),
            List.of("/context/now/weekday: does not have a value in the enumeration"),
            new Location("policies/window.json", 7, 5, "/rules/0"));

    @Test
    void aPlanReadsAsTheGoldenFileSays() {
        String text = MarkdownPlan.of(RichPlan.of(Intent.MIGRATE_AND_RESTORE), List.of(DENIED));

        Golden.assertSame("plan-markdown", text);
    }

    @Test
    void aPlanWithSqlAndHostileTextReadsAsTheGoldenFileSays() {
        Golden.assertSame("plan-markdown-hostile", MarkdownPlan.of(hostile(), List.of()));
    }

    @Test
    void nothingHostileLeavesItsPlace() {
        String text = MarkdownPlan.of(hostile(), List.of());
        String outsideOfSql = text.replaceAll("(?s)````sql\n.*?\n````\n", "");

        assertFalse(outsideOfSql.contains("<script>"), outsideOfSql);
        assertFalse(outsideOfSql.contains("@everyone"), outsideOfSql);
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
    void aCommentIsNeverTooLong() {
        Migration[] many = IntStream.range(0, 500)
                .mapToObj(i -> migration("V" + i + "__many.sql", "many", "SELECT 1;\n".repeat(100)))
                .toArray(Migration[]::new);
        String text = MarkdownPlan.of(plan(many), List.of());

        assertTrue(text.length() < 65_536, text.length() + " characters");
        assertTrue(text.contains("Plan id:"), "the end is there");
        assertTrue(text.contains("too long to be shown here"), "and it says what is not");
    }

    private static Plan hostile() {
        return plan(migration(
                "V6__`|<script>.sql",
                "@everyone | see [here](http://evil) **<img src=x>** \u202e #1",
                "SELECT '```\n</details><script>';\n-- \u202e"));
    }

    private static Migration migration(String script, String description, String sql) {
        return new Migration(Optional.of("6"), description, script, Sha256.of(script), true, Optional.of(sql));
    }

    private static Plan plan(Migration... migrations) {
        PlanRequest request = new PlanRequest(
                new Release("shop", Optional.empty()),
                Strategy.AFTER,
                OnFailure.HOLD,
                Sha256.of("configuration"),
                List.of("postgres"),
                "1.0.0",
                RichPlan.NOW);
        Resource database = Resource.migrate(
                new Address("postgres.database", "m|`\"]<b>"),
                RichPlan.state("{'revision': '5'}"),
                RichPlan.state("{'revision': '6|<i>'}"),
                List.of(migrations),
                "a | reason\nwith `two` lines");
        return Planner.plan(request, Differ.diff(List.of(database), Intent.MIGRATE_AND_RESTORE));
    }
}
