package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull request from its plan to its merge, with the distribution and a real database; only GitHub is fake. */
class ReviewedPlanIT {

    private static final String RULES = """
            rules:
              - id: no-drop
                severity: deny
                message: "nothing is dropped: ask @dba"
                each: migration
                schema: {properties: {migration: {properties: {script: {not: {pattern: drop}}}}}}
            """;

    @TempDir
    Path directory;

    private final Forge forge = Forge.gitHub();
    private final RealDatabase database = RealDatabase.create();
    private Distribution distribution;
    private PipelineDesk desk;

    @BeforeEach
    void openPullRequest() {
        distribution = Distribution.unpack(directory);
        desk = new PipelineDesk(directory)
                .program("chartreuse", "#!/bin/sh\nexec '" + distribution.launcher() + "' \"$@\"\n")
                .set("GITHUB_API_URL", forge.url())
                .set("GITHUB_REPOSITORY", "acme/shop")
                .set("CHARTREUSE_TOKEN", Forge.TOKEN)
                .set("PULL_REQUEST", "7")
                .set("CHARTREUSE_STORE", "true")
                .set("CHARTREUSE_ENVIRONMENT", "SHOP_PASSWORD=postgres");
        desk.write("rules.yaml", RULES);
        desk.write(
                "migrations/V1__create_orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n-- ```\n-- @team\n");
        configure("policy: [rules.yaml]\n");
    }

    private void configure(String more) {
        desk.write(
                "chartreuse.yaml",
                "version: 1\nrelease: shop\nbackend: file\n" + more + "postgres:\n  databases:\n    main:\n      url: "
                        + database.url() + "\n      user: postgres\n      password: {env: SHOP_PASSWORD}\n"
                        + "      migrations: {tool: flyway, locations: [migrations]}\n");
    }

    @AfterEach
    void closeForge() {
        forge.close();
    }

    private String commented() {
        desk.run("plan").endsWith(0);
        desk.run("comment-github").endsWith(0);
        assertEquals(1, forge.bodies().size());
        return forge.bodies().get(0);
    }

    @Test
    void whatWasReviewedIsAppliedAndNothingElse() {
        desk.write("migrations/V2__drop_carts.sql", "DROP TABLE IF EXISTS carts;\n");
        String denied = commented();
        assertTrue(denied.contains("A policy denies this plan"), denied);
        assertTrue(denied.contains("ask &#64;&#8203;dba"), denied);
        assertTrue(desk.read("chartreuse-plan/codequality.json").contains("policy/no-drop"));
        desk.run("verdict").endsWith(5);

        desk.delete("migrations/V2__drop_carts.sql");
        String reviewed = commented();
        assertFalse(reviewed.contains("denies"), reviewed);
        assertTrue(
                reviewed.contains("Plan id: <code>" + desk.run("plan-id").out().strip()), reviewed);
        assertEquals("[]\n", desk.read("chartreuse-plan/codequality.json"));
        desk.run("verdict").endsWith(0);

        Distribution.Outcome applied = distribution.call(
                Map.of("SHOP_PASSWORD", "postgres"),
                "apply",
                "--config",
                directory.resolve("chartreuse.yaml").toString(),
                "--plan-id",
                desk.run("plan-id").out().strip());
        assertEquals(0, applied.code(), applied::output);
        assertEquals("1", database.revision());
    }

    @Test
    void whatKeepsAPlanFromBeingMadeIsInTheCommentAndTheFindings() {
        configure("polcy: []\n");

        String comment = commented();

        assertTrue(comment.contains("ended with exit code 64"), comment);
        assertTrue(comment.contains("polcy"), comment);
        assertTrue(desk.read("chartreuse-plan/codequality.json").contains("core.setting-unknown"));
        desk.run("verdict").endsWith(64);
    }
}
