package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that plans must keep, and findings as code scanning wants them. */
final class PolicyTest {

    private static final String RULES = """
            rules:
              - id: small-steps
                severity: deny
                message: no database takes more than two migrations at once
                remedy: Release more often.
                each: change
                schema: {properties: {change: {properties: {migrations: {maxItems: 2}}}}}
              - id: quiet
                severity: warn
                message: workloads are stopped
                schema: {properties: {plan: {properties: {summary: {properties: {stop: {maximum: 0}}}}}}}
            """;

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() throws IOException {
        desk = Desk.usual(directory);
        policy(RULES);
        desk.write("version: 1\nrelease: shop\nbackend: file\npolicy: [rules.yaml]\nmemory: {}\n");
    }

    private void policy(String text) throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), text);
    }

    @Test
    void aPlanShowsTheRulesThatItBreaks() {
        Golden.assertSame("plan-with-policy", desk.run("plan").all());
    }

    @Test
    void aPlanFailsForThemWhereThatIsAskedFor() throws IOException {
        assertEquals(0, desk.run("plan").code());
        assertEquals(
                5, desk.run("plan", "--fail-on-policy", "--detailed-exitcode").code());
        policy(RULES.replace("deny", "warn"));
        assertEquals(
                2, desk.run("plan", "--fail-on-policy", "--detailed-exitcode").code());
    }

    @Test
    void whatIsDeniedIsNotAppliedAndNothingIsTouched() {
        String plan = directory + "/plan.json";
        assertEquals(0, desk.run("plan", "--out", plan).code());

        Said said = desk.run("apply", plan, "--output", "json");

        assertEquals(5, said.code(), said.all());
        JsonNode denied = said.json().path("diagnostics").get(0);
        assertEquals("policy.violated", denied.path("code").asText());
        assertEquals("memory.database/main", denied.path("address").asText());
        assertEquals(5, desk.world.revision("main"));
        assertEquals(3, desk.world.replicas("web"));
        assertEquals(
                0,
                desk.run("audit", "list", "--output", "json")
                        .json()
                        .path("runs")
                        .size());
    }

    @Test
    void aPlanMadeByApplyIsDeniedBeforeAnybodyIsAsked() {
        Said said = desk.onTerminal("yes").run("apply");

        assertEquals(5, said.code(), said.all());
        assertFalse(said.all().contains("Only 'yes' is accepted"), said.all());
    }

    @Test
    void rulesThatWereChangedSinceMakeThePlanStale() throws IOException {
        String plan = directory + "/plan.json";
        desk.run("plan", "--out", plan);
        policy(RULES.replace("deny", "warn"));

        Said said = desk.run("apply", plan);

        assertEquals(3, said.code(), said.all());
        assertTrue(said.all().contains("policy was changed"), said.all());
        Said anew = desk.run("apply", "--yes");
        assertEquals(0, anew.code(), anew.all());
        assertTrue(anew.all().contains("policy quiet: workloads are stopped"), anew.all());
    }

    @Test
    void anotherListOfFilesMakesThePlanStale() {
        String plan = directory + "/plan.json";
        desk.run("plan", "--out", plan);
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\n");

        assertEquals(3, desk.run("apply", plan).code());
    }

    @Test
    void brokenRulesAreToldWithTheirPlacesAndKeepNobodyFromBringingWorkloadsBack() throws IOException {
        policy("rules:\n  - {id: A, severity: no}\n");

        for (String command : List.of("validate", "plan")) {
            Said said = desk.run(command);
            assertEquals(64, said.code(), said.all());
            assertTrue(said.err().contains("rules.yaml:2:"), said.all());
            assertTrue(said.err().contains("4 errors."), said.all());
        }
        assertEquals(0, desk.run("restore", "--yes").code());
        assertEquals(0, desk.run("status").code());
    }

    @Test
    void sarifHoldsFindingsAndBrokenRulesWithTheirPlaces() {
        desk.write("version: 1\nrelease: shop\nbackend: file\npolicy: [rules.yaml]\nmemory: {behaviour: warning}\n");

        JsonNode log = desk.run("plan", "--output", "sarif").json();

        assertSarif(log);
        JsonNode results = log.at("/runs/0/results");
        assertEquals(5, results.size());
        JsonNode denied = results.get(0);
        assertEquals("policy/small-steps", denied.path("ruleId").asText());
        assertEquals("error", denied.path("level").asText());
        assertEquals(
                2, denied.at("/locations/0/physicalLocation/region/startLine").asInt());
        assertTrue(denied.at("/locations/0/physicalLocation/artifactLocation/uri")
                .asText()
                .endsWith("/rules.yaml"));
        assertEquals(
                "memory.database/main",
                denied.at("/locations/0/logicalLocations/0/fullyQualifiedName").asText());
        assertEquals("warning", results.get(3).path("level").asText());
        assertEquals("drift.no-record", results.get(3).path("ruleId").asText());
    }

    @Test
    void aConfigurationThatIsWrongIsSarifToo() {
        desk.write("version: 1\nrelease: shop\nmemory: {}\nbakend: file\n");

        Said said = desk.run("plan", "-o", "sarif");

        assertEquals(64, said.code());
        assertSarif(said.json());
        assertEquals(
                4,
                said.json()
                        .at("/runs/0/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt());
    }

    @Test
    void aValidConfigurationIsAnEmptyLog() {
        JsonNode log = desk.run("validate", "--output", "sarif").json();

        assertSarif(log);
        assertTrue(log.at("/runs/0/results").isArray());
        assertEquals(0, log.at("/runs/0/results").size());
    }

    @Test
    void validateHoldsProblemsOfRulesWithTheirPlacesAndHelp() throws IOException {
        policy("rules:\n  - {id: A, severity: no}\n");

        Said said = desk.run("validate", "-osarif");

        assertEquals(64, said.code(), said.all());
        assertSarif(said.json());
        JsonNode results = said.json().at("/runs/0/results");
        assertEquals(4, results.size());
        assertEquals(
                2,
                results.at("/0/locations/0/physicalLocation/region/startLine").asInt());
        assertTrue(
                results.at("/0/locations/0/physicalLocation/region/startColumn").asInt() > 1);
        JsonNode rule = said.json().at("/runs/0/tool/driver/rules/0");
        assertEquals("policy.malformed", rule.path("id").asText());
        assertTrue(rule.path("helpUri").asText().endsWith("errors.md#policymalformed"), rule.toString());
        assertFalse(rule.at("/help/text").asText().isBlank());
    }

    @Test
    void fingerprintsStayWhenLinesMoveAndTellResultsApart() throws IOException {
        List<String> before = fingerprints();
        policy("# a line more\n" + RULES);

        assertEquals(before, fingerprints());
        assertEquals(before.size(), Set.copyOf(before).size());
    }

    private List<String> fingerprints() {
        List<String> fingerprints = new ArrayList<>();
        desk.run("plan", "--output", "sarif")
                .json()
                .at("/runs/0/results")
                .forEach(result -> fingerprints.add(result.at("/partialFingerprints/primaryLocationLineHash")
                        .asText()));
        return fingerprints;
    }

    @Test
    void aSavedPlanIsShownWithTheRulesThatItBreaksNow() throws IOException {
        String plan = directory + "/plan.json";
        desk.run("plan", "--out", plan);

        JsonNode results = desk.run("show", plan, "--output", "sarif").json().at("/runs/0/results");

        assertEquals("policy/small-steps", results.at("/0/ruleId").asText());
        assertTrue(desk.run("show", plan, "--output", "markdown").out().contains("### Policy"));
        assertTrue(desk.run("show", plan, "--output", "json").json().has("id"));
        policy("rules: 1\n");
        Said said = desk.run("show", plan);
        assertEquals(0, said.code(), said.all());
        assertTrue(said.err().contains("policy and approvals are not shown"), said.all());
        Files.delete(desk.config);
        assertEquals("", desk.run("show", plan).err());
    }

    @Test
    void whatKeepsAPlanFromBeingMadeIsMarkdownAndStillInTheLog() {
        desk.write("version: 1\nrelease: shop\nmemory: {}\nbakend: file\n");

        Said said = desk.run("plan", "--output=markdown");

        assertEquals(64, said.code());
        assertTrue(said.out().startsWith("## No Chartreuse plan could be made\n"), said.all());
        assertTrue(said.out().contains("bakend"), said.all());
        assertTrue(said.err().contains("Error:"), said.all());
    }

    @Test
    void otherCommandsHaveNoSuchForms() {
        for (String form : List.of("markdown", "sarif")) {
            assertEquals(64, desk.run("status", "--output", form).code());
        }
        assertTrue(desk.run("plan", "--output", "markdown").out().startsWith("<!-- chartreuse-plan shop -->"));
    }

    /** What SARIF 2.1.0 asks of the parts that are used. */
    private static void assertSarif(JsonNode log) {
        assertEquals("2.1.0", log.path("version").asText());
        assertEquals(1, log.path("runs").size());
        JsonNode driver = log.at("/runs/0/tool/driver");
        assertEquals("Chartreuse", driver.path("name").asText());
        for (JsonNode result : log.at("/runs/0/results")) {
            JsonNode rule = driver.path("rules").path(result.path("ruleIndex").asInt(-1));
            assertEquals(result.path("ruleId"), rule.path("id"));
            assertTrue(List.of("error", "warning").contains(result.path("level").asText()));
            assertFalse(result.at("/message/text").asText().isBlank());
            JsonNode place = result.at("/locations/0/physicalLocation");
            assertFalse(place.at("/artifactLocation/uri").asText().isBlank());
            assertTrue(place.at("/region/startLine").asInt() > 0);
            assertEquals(
                    place.at("/artifactLocation/uri").asText().startsWith("file:"),
                    place.at("/artifactLocation/uriBaseId").isMissingNode());
            assertTrue(result.at("/partialFingerprints/primaryLocationLineHash")
                    .asText()
                    .matches("[0-9a-f]{16}:[1-9]\\d*"));
            assertTrue(List.of("error", "warning")
                    .contains(rule.at("/defaultConfiguration/level").asText()));
        }
    }
}
