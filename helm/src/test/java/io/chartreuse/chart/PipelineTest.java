package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Pipelines: the repository's own, and those of the examples. {@link CommandsOfExamplesIT} checks the commands in them.
 */
class PipelineTest {

    private static final Path ROOT = Path.of("..");
    private static final String OWN = ".github/workflows/ci.yaml";
    private static final String CI = "examples/ci/";
    private static final String GITHUB = CI + "github/deploy.yaml";
    private static final String PLAN = CI + "github/plan/action.yaml";
    private static final String REVIEWED_PLAN = CI + "github/reviewed-plan/action.yaml";
    private static final String GITLAB = CI + "gitlab/gitlab-ci.yml";
    private static final String TEMPLATE = CI + "gitlab/template.yml";

    private static String text(String file) {
        return ChartFolder.read(ROOT.resolve(file));
    }

    private static JsonNode yaml(String file) {
        return new ObjectMapper().valueToTree(GitLabYaml.reader().load(text(file)));
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

    /** Each document of a file of several. */
    private static List<JsonNode> documents(String file) {
        List<JsonNode> documents = new ArrayList<>();
        GitLabYaml.reader()
                .loadAll(text(file))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents;
    }

    private static List<JsonNode> steps(String file) {
        List<JsonNode> steps =
                new ArrayList<>(Example.each(yaml(file).at("/runs/steps").elements()));
        if (yaml(file).has("jobs")) {
            jobs(file)
                    .forEach(job -> steps.addAll(Example.each(job.path("steps").elements())));
        }
        return steps;
    }

    @Test
    void nothingIsPermittedThatIsNotAskedForAndNothingMayBeWritten() {
        assertTrue(yaml(OWN).has("permissions"), "said for all jobs");
        assertFalse(yaml(OWN).findValues("permissions").toString().contains("write"));
    }

    @Test
    void theExamplesPlanWritesItsCommentAndFindingsAndItsDeploymentNothing() {
        assertEquals("{}", yaml(GITHUB).path("permissions").toString());
        assertEquals(
                "{\"contents\":\"read\",\"pull-requests\":\"write\",\"security-events\":\"write\"}",
                yaml(GITHUB).at("/jobs/plan/permissions").toString());
        assertEquals(
                "{\"contents\":\"read\",\"actions\":\"read\",\"pull-requests\":\"read\"}",
                yaml(GITHUB).at("/jobs/deploy/permissions").toString());
    }

    @Test
    void whatAStrangerWroteGetsNoSecrets() {
        assertFalse(yaml(GITHUB).toString().contains("pull_request_target"));
        assertTrue(yaml(GITHUB)
                .at("/jobs/plan/if")
                .asText()
                .endsWith("github.event.pull_request.head.repo.full_name == github.repository"));
        assertTrue(documents(TEMPLATE)
                .get(1)
                .at("/.chartreuse-plan/rules/0/if")
                .asText()
                .endsWith("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"));
        assertFalse(yaml(GITHUB).at("/jobs/plan").has("env"), "secrets are for one step");
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, GITHUB, PLAN, REVIEWED_PLAN})
    void actionsArePinnedToCommitsWithTheirVersionBeside(String file) {
        List<String> used = found("uses: (.*)", text(file));
        assertFalse(used.isEmpty());
        used.stream()
                .filter(action -> !action.contains("/.github/chartreuse/"))
                .forEach(action -> assertTrue(
                        action.matches("[a-z-]+(/[a-z-]+){1,2}@[0-9a-f]{40} # v[0-9.]+"),
                        () -> "not pinned: " + action));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, GITHUB, PLAN, REVIEWED_PLAN})
    void eachStepDoesOneThing(String file) {
        steps(file).forEach(step -> assertTrue(step.has("run") != step.has("uses"), step::toString));
        if (yaml(file).has("jobs")) {
            jobs(file).forEach(job -> assertTrue(job.has("runs-on")));
        }
    }

    /** A shell executes text that is inserted into its lines, but not text from the environment. */
    @ParameterizedTest
    @ValueSource(strings = {GITHUB, PLAN, REVIEWED_PLAN})
    void nothingIsPutIntoAShellsLineAndAFailureIsOne(String file) {
        steps(file).stream().filter(step -> step.has("run")).forEach(step -> {
            assertFalse(step.path("run").asText().contains("${{"), step::toString);
            assertTrue(step.path("run").asText().startsWith("set -euo pipefail\n"), step::toString);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAN, REVIEWED_PLAN})
    void inputsOfAnActionAreThoseThatItUsesAndAreExplained(String file) {
        JsonNode action = yaml(file);
        assertEquals(
                new TreeSet<>(found("\\binputs\\.([a-z-]+)", text(file))), new TreeSet<>(names(action.path("inputs"))));
        action.path("inputs")
                .forEach(input -> assertFalse(input.path("description").asText().isBlank()));
        assertEquals("composite", action.at("/runs/using").asText());
        List<String> ids =
                steps(file).stream().map(step -> step.path("id").asText()).toList();
        found("steps\\.([a-z-]+)\\.", text(file)).forEach(id -> assertTrue(ids.contains(id), id));
        steps(file).stream()
                .filter(step -> step.has("run"))
                .forEach(step -> assertEquals("bash", step.path("shell").asText()));
    }

    @Test
    void theWorkflowGivesItsActionsTheirInputs() {
        steps(GITHUB).stream()
                .filter(step -> step.path("uses").asText().contains("/.github/chartreuse/"))
                .forEach(step -> {
                    String folder = step.path("uses").asText().replaceFirst("^.*/[.]github/chartreuse/", CI);
                    List<String> known = names(yaml(folder + "/action.yaml").path("inputs"));
                    assertTrue(known.containsAll(names(step.path("with"))), step::toString);
                });
        found("steps\\.reviewed\\.outputs\\.([a-z-]+)", text(GITHUB))
                .forEach(
                        output -> assertTrue(yaml(REVIEWED_PLAN).path("outputs").has(output), output));
    }

    @Test
    void inputsOfTheTemplateAreThoseThatItUsesAndIsGiven() {
        JsonNode inputs = documents(TEMPLATE).get(0).at("/spec/inputs");
        assertEquals(
                new TreeSet<>(found("\\$\\[\\[ inputs\\.([a-z-]+) ]]", text(TEMPLATE))), new TreeSet<>(names(inputs)));
        inputs.forEach(input -> assertFalse(input.path("description").asText().isBlank()));
        assertTrue(names(inputs).containsAll(names(yaml(GITLAB).at("/include/0/inputs"))));
        assertEquals(
                "always",
                documents(TEMPLATE)
                        .get(1)
                        .at("/.chartreuse-plan/artifacts/when")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAN, REVIEWED_PLAN, TEMPLATE})
    void scriptsThatAreCalledExistAndAreWellFormed(String file) throws IOException, InterruptedException {
        List<String> called = found("(?:scripts/|CHARTREUSE_SCRIPTS/)([a-z-]+)", text(file));
        assertFalse(called.isEmpty());
        for (String script : called) {
            Path path = ROOT.resolve(CI + "scripts/" + script);
            assertTrue(Files.isExecutable(path), script);
            assertEquals(
                    0,
                    new ProcessBuilder("sh", "-n", path.toString())
                            .inheritIO()
                            .start()
                            .waitFor(),
                    script);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
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
        assertEquals(List.of(), found("--set[ =]([^ ]+)", text(file)), "a comma in a value would begin another one");
        assertTrue(text(file).contains("--values"));
        List.of("image.tag", "plan.id")
                .forEach(value -> assertTrue(
                        schema.at("/properties/" + value.replace(".", "/properties/"))
                                .has("type"),
                        value));
    }

    @Test
    void theJobsOfGitLabExtendTheTemplate() {
        JsonNode pipeline = yaml(GITLAB);
        for (String job : List.of("plan", "deploy")) {
            assertEquals(job, pipeline.path(job).path("stage").asText());
            assertTrue(pipeline.path("stages").toString().contains(job));
            assertTrue(
                    documents(TEMPLATE)
                            .get(1)
                            .has(pipeline.path(job).path("extends").asText()),
                    job);
        }
        Stream.of(pipeline, documents(TEMPLATE).get(1))
                .flatMap(file -> Stream.of("script", "before_script").flatMap(key -> file.findValues(key).stream()))
                .forEach(lines -> {
                    assertTrue(lines.isArray());
                    lines.forEach(line -> assertTrue(line.isTextual() || isReferenceToLines(line), line::toString));
                });
    }

    /** {@code !reference [JOB, KEY]} puts the lines of a job of the template in its place. */
    private static boolean isReferenceToLines(JsonNode line) {
        return documents(TEMPLATE)
                .get(1)
                .path(line.path(0).asText())
                .path(line.path(1).asText())
                .isArray();
    }

    @Test
    void theTemplateIsReadFromTheProtectedBranch() {
        JsonNode include = yaml(GITLAB).at("/include/0");

        assertEquals("$CI_PROJECT_PATH", include.path("project").asText());
        assertEquals("main", include.path("ref").asText());
        assertEquals(
                ROOT.resolve(TEMPLATE).normalize(),
                ROOT.resolve(CI)
                        .resolve(include.path("file").asText().replaceFirst("^/.gitlab/chartreuse/", ""))
                        .normalize());
    }
}
