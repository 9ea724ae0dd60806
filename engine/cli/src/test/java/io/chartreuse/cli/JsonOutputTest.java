package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.backend.VersionConflict;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every document that {@code --output json} prints is as its schema says. */
final class JsonOutputTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaIdResolvers(resolvers ->
                    resolvers.mapPrefix("https://chartreuse.io/schemas/", "classpath:io/chartreuse/schemas/")));

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private Said json(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--output=json";
        return desk.run(all);
    }

    private static void assertFits(String schema, int code, Said said) {
        assertEquals(code, said.code(), said.all());
        List<com.networknt.schema.Error> problems = SCHEMAS.getSchema(
                        SchemaLocation.of("https://chartreuse.io/schemas/" + schema + ".schema.json"))
                .validate(said.json().toString(), InputFormat.JSON);
        assertEquals(List.of(), problems, said.all());
    }

    @Test
    void aPlanIsOneInFileAndOutput() {
        assertFits("plan", 2, json("plan", "--detailed-exitcode", "--store", "--out", directory + "/plan.json"));
        assertFits("plan", 0, json("show", directory + "/plan.json"));
    }

    @Test
    void aValidConfigurationHasNoDiagnostics() {
        Said said = json("validate");
        assertFits("output/diagnostics", 0, said);
        assertTrue(said.json().get("diagnostics").isEmpty());
    }

    @Test
    void problemsAreDiagnosticsOnTheStandardOutput() {
        desk.write("version: 1\nrelase: shop\n");
        Said said = json("plan");
        assertFits("output/diagnostics", 64, said);
        assertEquals(2, said.json().get("diagnostics").size());
        assertEquals(2, said.json().at("/diagnostics/1/location/line").asInt());
        assertEquals("", said.err());
    }

    @Test
    void aVerifiedRecordIsADocument() {
        assertFits("output/verify", 0, json("audit", "verify"));
        desk.run("apply", "--yes");
        Said said = json("audit", "verify");
        assertFits("output/verify", 0, said);
        assertEquals(1, said.json().get("runs").asInt());
        assertFits("output/prune", 0, json("audit", "prune", "--dry-run"));
        assertFits("output/prune", 0, json("audit", "prune"));
        assertFits("output/diagnostics", 1, json("audit", "verify", "--known", "sha256:" + "00".repeat(32)));
    }

    @Test
    void aWrongCommandLineIsADiagnosticToo() {
        assertFits("output/diagnostics", 64, json("plam"));
        assertFits("output/diagnostics", 64, desk.run("plan", "-o", "json", "--detailed-exitcod"));
        assertFits("output/diagnostics", 64, json("apply"));
        assertFits("output/diagnostics", 64, desk.runBare("-ojson"));
    }

    @Test
    void aFaultIsADiagnosticToo() {
        desk.configure("  behaviour: broken\n");
        Said said = json("plan");
        assertFits("output/diagnostics", 1, said);
        assertEquals("cli.fault", said.json().at("/diagnostics/0/code").asText());
    }

    @Test
    void anApplyReportsItsRun() {
        Said said = json("apply", "--yes");
        assertFits("output/report", 0, said);
        assertEquals("succeeded", said.json().at("/run/outcome").asText());
        assertEquals("", said.err().strip());
        assertFits("output/report", 0, json("apply", "--yes"));
    }

    @Test
    void aFailedApplyReportsItsRunAndProblems() {
        desk.world.failAt("main", 7);
        Said said = json("apply", "--yes");
        assertFits("output/report", 1, said);
        assertEquals("held", said.json().at("/run/recovery").asText());
        assertFits("output/status", 0, json("status"));
        assertFits("output/report", 0, json("restore"));
        assertFits("output/report", 0, json("restore"));
    }

    @Test
    void progressIsShownBesideADocumentOnATerminal() {
        desk.terminals = Set.of(2);
        Said said = json("apply", "--yes");
        assertFits("output/report", 0, said);
        assertTrue(said.err().contains("[migrate]"), said.all());
    }

    @Test
    void aPlanIsShownBesideADocumentBeforeAskingForAYes() {
        Said said = desk.onTerminal("yes\n").run("apply", "--output", "json");
        assertFits("output/report", 0, said);
        assertTrue(said.err().contains("2 workloads to stop and start"), said.all());
    }

    @Test
    void aStatusIsADocument() {
        assertFits("output/status", 0, json("status"));
        desk.run("apply", "--yes");
        Said after = json("status");
        assertFits("output/status", 0, after);
        assertEquals("succeeded", after.json().at("/lastRun/outcome").asText());
        desk.world.unreadable(true);
        Said unreadable = json("status");
        assertFits("output/status", 1, unreadable);
        assertFalse(unreadable.json().has("resources"));
    }

    @Test
    void driftIsPartOfTheStatus() {
        assertFits("output/status", 0, json("status", "--drift"));
        desk.run("apply", "--yes");
        assertFits("output/status", 0, json("status", "--drift"));
        desk.world.moveTo("main", 7).make("main", "table public.hotfix", "1");
        Said said = json("status", "--drift");
        assertFits("output/status", 2, said);
        assertEquals("moved", said.json().at("/drift/found/0/kind").asText());
        assertEquals("7", said.json().at("/drift/found/0/after").asText());
    }

    @Test
    void aStateIsADocument() {
        assertFits("state", 0, json("state"));
        assertFits("output/diagnostics", 1, json("state", "--recorded"));
        desk.run("apply", "--yes");
        assertFits("state", 0, json("state", "--recorded"));
        assertFits("plan", 0, json("plan", "--recorded"));
    }

    @Test
    void anExaminationIsADocument() {
        Said healthy = json("doctor");
        assertFits("output/doctor", 0, healthy);
        assertTrue(healthy.json().get("healthy").asBoolean());
        desk.world.withhold("memory.workload/web", true);
        Said missing = json("doctor");
        assertFits("output/doctor", 1, missing);
        assertFalse(missing.json().get("healthy").asBoolean());
        desk.configure("  behaviour: warning\n");
        assertFits("output/doctor", 0, json("doctor"));
        desk.world.unreadable(true);
        assertFits("output/doctor", 1, json("doctor"));
    }

    @Test
    void aRepairIsADocument() {
        assertFits("output/repair", 0, json("repair"));
        desk.world.leave("main", "index public.code", true).leave("main", "index public.other", false);
        assertFits("output/diagnostics", 64, json("repair"));
        Said said = json("repair", "--yes");
        assertFits("output/repair", 0, said);
        assertTrue(said.json().at("/repairs/0/done").asBoolean());
        assertFalse(said.json().at("/repairs/1/done").asBoolean());
        assertFits("output/diagnostics", 64, json("repair", "--yes", "--also", "index public.code"));
        Said other = json("repair", "--yes", "--also", "index public.other");
        assertTrue(other.json().at("/repairs/0/done").asBoolean());
        assertEquals(List.of("clear index public.code", "clear index public.other"), desk.world.history());
    }

    @Test
    void everyLineOfAJsonLogIsAnEntry() {
        desk.world.failAt("main", 7);
        Said said = desk.run("apply", "--yes", "--log-format", "json");
        assertEquals(1, said.code());
        List<JsonNode> entries = said.err().lines().map(JsonOutputTest::entry).toList();
        assertEquals(
                List.of("run-begun", "stage-begun"),
                entries.stream().limit(2).map(e -> e.get("event").asText()).toList());
        assertTrue(entries.stream().anyMatch(e -> e.path("event").asText().equals("recovery-begun")));
        JsonNode failed = entries.stream()
                .filter(e -> e.path("outcome").asText().equals("failed"))
                .findFirst()
                .orElseThrow();
        assertEquals("error", failed.get("level").asText());
        assertEquals("migrate", failed.get("stage").asText());
        assertEquals("memory.database/main", failed.get("address").asText());
        assertEquals("shop", failed.get("release").asText());
        assertTrue(entries.stream().anyMatch(e -> e.get("message").asText().contains("[memory.migration]")));
        assertTrue(said.out().contains("[migrate]"), "people still see the progress");
    }

    @Test
    void aJsonLogAndAJsonDocumentKeepToTheirStreams() {
        Said said = json("apply", "--yes", "--log-format=json");
        assertFits("output/report", 0, said);
        assertTrue(said.err().lines().map(JsonOutputTest::entry).count() > 5);
    }

    @Test
    void problemsAreEntriesOfAJsonLogToo() {
        List<JsonNode> entries = desk.run("aply", "--log-format", "json")
                .err()
                .lines()
                .map(JsonOutputTest::entry)
                .toList();
        assertEquals(1, entries.size());
        assertEquals("error", entries.get(0).get("level").asText());
    }

    @Test
    void secretsAreMaskedInAJsonLog() {
        desk.environment.put("LEAKY", "correct-horse");
        desk.configure("  behaviour: leaky\n  password: {env: LEAKY}\n");
        Said said = desk.run("apply", "--yes", "--log-format", "json");
        said.err().lines().forEach(JsonOutputTest::entry);
        assertTrue(said.err().contains("the password (secret) was refused"), said.all());
    }

    private static JsonNode entry(String line) {
        assertEquals(
                List.of(),
                SCHEMAS.getSchema(SchemaLocation.of("https://chartreuse.io/schemas/output/log.schema.json"))
                        .validate(line, InputFormat.JSON),
                line);
        try {
            return Json.read(line);
        } catch (java.io.IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void theAuditIsInDocuments() throws VersionConflict {
        assertFits("output/runs", 0, json("audit", "list"));
        desk.run("apply", "--yes");
        assertFits("output/runs", 0, json("audit", "list"));
        assertFits("run", 0, json("audit", "show"));
        assertFits("output/unlock", 0, json("unlock", "--yes"));
    }

    @Test
    void whatIsInstalledIsInDocuments() {
        assertFits("output/providers", 0, json("providers"));
        assertFits("output/version", 0, json("version"));
    }

    @Test
    void aDocumentIsAsciiWhereTheStreamIsNoUnicode() {
        desk.unicode = false;
        Said said = desk.runBare("plan", "-o", "json", "-c", directory + "/kaputt-ü.yaml");
        assertTrue(said.out().contains("kaputt-\\u00fc.yaml"), said.out());
        assertFits("output/diagnostics", 64, said);
    }
}
