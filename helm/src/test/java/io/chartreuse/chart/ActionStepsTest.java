package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell lines of the actions in {@code examples/ci} as they are, without the third-party actions. */
class ActionStepsTest {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ (.*?) }}");
    private static final Path HOME =
            Example.HOME.resolve("ci/github").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private final Forge forge = Forge.gitHub();
    private final Map<String, String> expressions = new HashMap<>();
    private PipelineDesk desk;

    @BeforeEach
    void openPullRequest() {
        desk = new PipelineDesk(directory)
                .set("GITHUB_API_URL", forge.url())
                .set("GITHUB_REPOSITORY", "acme/shop")
                .set("GITHUB_WORKFLOW_REF", "acme/shop/.github/workflows/deploy.yaml@refs/heads/main")
                .set("GITHUB_SHA", "merge1")
                .set("GITHUB_REF_NAME", "main")
                .set("GITHUB_OUTPUT", directory.resolve("output").toString())
                .set("RUNNER_TEMP", directory.toString());
        expressions.put("github.event.pull_request.head.sha || github.sha", "head7");
        expressions.put("github.event.pull_request.number", "7");
        expressions.put("github.event.pull_request.head.repo.full_name != github.repository", "false");
        expressions.put("inputs.token", Forge.TOKEN);
    }

    @AfterEach
    void closeForge() {
        forge.close();
    }

    /** Runs the lines of one step. */
    private PipelineDesk.Said step(String action, String name) {
        JsonNode file = new Example("ci/github/" + action, directory).yaml("action.yaml");
        file.path("inputs")
                .properties()
                .forEach(input -> expressions.putIfAbsent(
                        "inputs." + input.getKey(),
                        input.getValue().path("default").asText()));
        for (JsonNode step : file.at("/runs/steps")) {
            if (step.path("name").asText().equals(name)) {
                desk.set("GITHUB_ACTION_PATH", HOME.resolve(action).toString());
                step.path("env")
                        .properties()
                        .forEach(set ->
                                desk.set(set.getKey(), value(set.getValue().asText())));
                return desk.bash(step.path("run").asText());
            }
        }
        throw new IllegalArgumentException(action + " has no step " + name);
    }

    private String value(String text) {
        return EXPRESSION.matcher(text).replaceAll(found -> {
            assertTrue(expressions.containsKey(found.group(1)), found.group(1));
            return Matcher.quoteReplacement(expressions.get(found.group(1)));
        });
    }

    @Test
    void aPlanIsMadeShownAndJudged() {
        desk.planned(5, "## A plan\n\ndenied\n", "{\"id\": \"" + PipelineDesk.ID + "\"}");
        expressions.put("inputs.kubeconfig", "apiVersion: v1\nkind: Config");
        expressions.put("inputs.environment", "SHOP_PASSWORD=secret");
        expressions.put("inputs.plan-arguments", "--recorded");

        step("plan", "Plan").endsWith(0);
        assertEquals("exit-code=5\nplan-id=" + PipelineDesk.ID + "\nsarif=true\n", desk.read("output"));
        assertTrue(desk.read("calls").contains("plan --recorded --store --output markdown"), desk.read("calls"));
        assertTrue(desk.read("calls").contains("SHOP_PASSWORD=secret"));
        assertFalse(desk.has("chartreuse.kubeconfig"), "it is gone with the step");

        step("plan", "Show it in the pull request").endsWith(0);
        assertTrue(forge.bodies().get(0).contains("denied"));
        step("plan", "Fail where it is denied, or there is none").endsWith(5);
    }

    @Test
    void whatIsNoPlanHasNoIdAndFailsAtTheEnd() {
        desk.planned(1, "## No Chartreuse plan could be made", "");

        step("plan", "Plan").endsWith(0);

        assertEquals("exit-code=1\nplan-id=\nsarif=true\n", desk.read("output"));
        step("plan", "Fail where it is denied, or there is none").endsWith(1);
    }

    @Test
    void theReviewedPlanIsNamedAndWithoutOneTheStepFails() throws IOException {
        forge.answer(
                        "/repos/acme/shop/commits/merge1/pulls",
                        "[{'number': 7, 'merged_at': 'then', 'merge_commit_sha': 'merge1', 'base': {'ref': 'main', 'repo':"
                                + " {'full_name': 'acme/shop'}}, 'head': {'sha': 'head7', 'repo': {'full_name': 'acme/shop'}}}]")
                .answer(
                        "/repos/acme/shop/actions/artifacts",
                        "{'artifacts': [{'id': 1, 'name': 'chartreuse-plan-head7', 'expired': false, 'created_at': 'then',"
                                + " 'workflow_run': {'id': 4711, 'repository_id': 1, 'head_repository_id': 1, 'head_sha': 'head7'}}]}");

        forge.answer("/repos/acme/shop/pulls/7/files", "[]")
                .answer(
                        "/repos/acme/shop/actions/runs/4711",
                        "{'path': '.github/workflows/deploy.yaml', 'event': 'pull_request', 'head_sha': 'head7', 'repository':"
                                + " {'full_name': 'acme/shop'}, 'head_repository': {'full_name': 'acme/shop'}, 'status': 'completed',"
                                + " 'conclusion': 'success', 'run_started_at': 'before'}");
        step("reviewed-plan", "Which it is").endsWith(0);
        assertEquals("run=4711\nartifact=chartreuse-plan-head7\n", desk.read("output"));
        step("reviewed-plan", "Its id").endsWith(1).says("nothing is applied");

        Files.delete(directory.resolve("output"));
        desk.write("chartreuse-plan/plan.json", "{\"id\": \"" + PipelineDesk.ID + "\"}");
        step("reviewed-plan", "Its id").endsWith(0);
        assertEquals("plan-id=" + PipelineDesk.ID + "\n", desk.read("output"));
        forge.answer("/repos/acme/shop/actions/artifacts", "{'artifacts': []}");
        step("reviewed-plan", "Which it is").endsWith(1);
    }
}
