package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Pipelines: the repository's own, and those of the examples. What they call is tried in {@link CommandsOfExamplesIT}. */
class PipelineTest {

    private static final Path ROOT = Path.of("..");
    private static final String OWN = ".github/workflows/ci.yaml";
    private static final String GITHUB = "examples/ci/github-actions.yaml";
    private static final String GITLAB = "examples/ci/gitlab-ci.yml";

    private static String text(String file) {
        return ChartFolder.read(ROOT.resolve(file));
    }

    private static JsonNode yaml(String file) {
        return new ObjectMapper().valueToTree(new Yaml().load(text(file)));
    }

    private static List<JsonNode> jobs(String file) {
        return Example.each(yaml(file).path("jobs").elements());
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, GITHUB})
    void nothingIsPermittedThatIsNotAskedForAndNothingMayBeWritten(String file) {
        assertTrue(yaml(file).has("permissions"), "said for all jobs");
        assertFalse(yaml(file).findValues("permissions").toString().contains("write"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, GITHUB})
    void actionsArePinnedToCommitsWithTheirVersionBeside(String file) {
        List<String> used = found("uses: (.*)", text(file));
        assertFalse(used.isEmpty());
        used.forEach(action ->
                assertTrue(action.matches("[a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9.]+"), () -> "not pinned: " + action));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, GITHUB})
    void eachStepDoesOneThing(String file) {
        jobs(file).forEach(job -> {
            assertTrue(job.has("runs-on"));
            Example.each(job.path("steps").elements())
                    .forEach(step -> assertTrue(step.has("run") != step.has("uses"), step::toString));
        });
    }

    @Test
    void ourOwnRunsOnBothJavasAndOnARealClusterAndEnds() {
        assertEquals(
                "[\"17\",\"25\"]",
                yaml(OWN).at("/jobs/verify/strategy/matrix/java").toString());
        jobs(OWN).forEach(job -> assertTrue(job.path("timeout-minutes").asInt() > 0));
        assertTrue(text(OWN).contains(TestCluster.VARIABLE + "="));
    }

    @Test
    void whatOurOwnCallsExists() {
        List<String> called = found("(\\.ci/[a-z]+|\\./mvnw)", text(OWN));
        assertTrue(called.containsAll(List.of(".ci/run", ".ci/kind", "./mvnw")), called::toString);
        called.forEach(script -> assertTrue(Files.isExecutable(ROOT.resolve(script)), script));
        found("-f ([^ ]+)", text(OWN)).forEach(file -> assertTrue(Files.exists(ROOT.resolve(file)), file));
        found("-pl ([^ ]+)", text(OWN)).stream()
                .flatMap(modules -> List.of(modules.split(",")).stream())
                .forEach(module -> assertTrue(Files.exists(ROOT.resolve(module + "/pom.xml")), module));
    }

    @Test
    void theScriptsOfOurOwnAreWellFormed() throws IOException, InterruptedException {
        for (String script : List.of("run", "kind")) {
            Process check = new ProcessBuilder(
                            "bash", "-n", ROOT.resolve(".ci/" + script).toString())
                    .inheritIO()
                    .start();
            assertEquals(0, check.waitFor(), script);
        }
    }

    @Test
    void whatTheScriptOfTheClusterSetsIsAValueOfTheUmbrella() {
        found("--set \"?([a-z-]+)", text(".ci/kind"))
                .forEach(value -> assertTrue(
                        new Yaml()
                                .<java.util.Map<String, Object>>load(text("examples/umbrella/values.yaml"))
                                .containsKey(value),
                        value));
    }

    @ParameterizedTest
    @ValueSource(strings = {GITHUB, GITLAB})
    void valuesThatAPipelineSetsAreThoseOfTheChart(String file) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(ChartFolder.read("values.schema.json"));
        List<String> set = found("--set \"chartreuse\\.([a-z.]+)=", text(file));
        assertEquals(List.of("image.tag", "plan.id"), set);
        set.forEach(value -> assertTrue(
                schema.at("/properties/" + value.replace(".", "/properties/")).has("type"), value));
    }

    @Test
    void theStagesOfGitLabAreThoseOfItsJobs() {
        JsonNode pipeline = yaml(GITLAB);
        for (String job : List.of("plan", "deploy")) {
            assertEquals(job, pipeline.path(job).path("stage").asText());
            assertTrue(pipeline.path("stages").toString().contains(job));
            assertTrue(pipeline.path(job).path("script").isArray());
            pipeline.path(job).path("script").forEach(line -> assertTrue(line.isTextual(), line::toString));
        }
    }
}
