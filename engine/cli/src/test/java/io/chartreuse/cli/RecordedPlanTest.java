package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan can be made from what a run has recorded, and from a file; it says so, and is applied where nothing has moved. */
final class RecordedPlanTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private void recorded() {
        assertEquals(0, desk.run("apply", "--yes").code());
        desk.world.target("main", 9).target("stock", 4);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** All but when, from what, and the id that comes of it. */
    private static JsonNode gist(Said said) {
        assertEquals(0, said.code(), said.all());
        ObjectNode plan = said.json().deepCopy();
        plan.remove("id");
        plan.remove("basis");
        return plan;
    }

    @Test
    void aPlanFromTheRecordIsThatOfTheWorldWhereNothingHasMoved() {
        recorded();
        JsonNode live = gist(desk.run("plan", "-o", "json"));
        desk.world.unreadable(true);
        Said said = desk.run("plan", "-o", "json", "--recorded");
        assertEquals(live, gist(said));
        assertEquals("recorded", said.json().at("/basis/kind").asText());
        assertEquals("20261122t070000z-3fa2c1", said.json().at("/basis/run").asText());
    }

    @Test
    void itIsAppliedWhereNothingHasMoved() {
        recorded();
        desk.world.unreadable(true);
        assertEquals(
                0,
                desk.run("plan", "--recorded", "--out", file("plan.json").toString())
                        .code());
        desk.world.unreadable(false);
        Said applied = desk.run("apply", file("plan.json").toString());
        assertEquals(0, applied.code(), applied.all());
        assertEquals(9, desk.world.revision("main"));
    }

    @Test
    void itIsStaleWhereSomethingHasMoved() {
        recorded();
        desk.run("plan", "--recorded", "--out", file("plan.json").toString());
        desk.world.moveTo("stock", 3);
        Said refused = desk.run("apply", file("plan.json").toString());
        assertEquals(3, refused.code(), refused.all());
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void allItsFormsSayWhatItWasMadeFrom() {
        recorded();
        desk.world.unreadable(true);
        Golden.assertSame("plan-recorded", desk.run("plan", "--recorded").all());
        String told = "Made from the state recorded after run 20261122t070000z-3fa2c1 at 2026-11-22T07:00:00Z, not from"
                + " the databases.";
        Said markdown = desk.run("plan", "--recorded", "-o", "markdown");
        assertTrue(markdown.out().contains("> **" + told), markdown.all());
        assertTrue(desk.run("plan", "--recorded", "-o", "sarif").out().contains(told));
    }

    @Test
    void withoutARecordThereIsNoPlanFromIt() {
        Said said = desk.run("plan", "--recorded");
        assertEquals(1, said.code(), said.all());
        assertTrue(said.err().contains("[state.none]"), said.all());
        assertEquals(1, desk.run("state", "--recorded").code());
    }

    @Test
    void aFileOfTheStateIsEnough() throws IOException {
        recorded();
        Said written = desk.run("state", "--out", file("state.json").toString());
        assertEquals(0, written.code(), written.all());
        Golden.assertSame("state", written.all());
        JsonNode live = gist(desk.run("plan", "-o", "json"));
        desk.world.unreadable(true);
        Files.move(directory.resolve(".chartreuse"), directory.resolve("elsewhere"));
        Said planned = desk.run(
                "plan",
                "-o",
                "json",
                "--state",
                file("state.json").toString(),
                "--out",
                file("plan.json").toString());
        assertEquals(live, gist(planned));
        assertEquals("file", planned.json().at("/basis/kind").asText());
        assertFalse(Files.exists(directory.resolve(".chartreuse")), "nothing but the file was touched");
        desk.world.unreadable(false);
        assertEquals(0, desk.run("apply", file("plan.json").toString()).code());
    }

    @Test
    void whatWasRecordedCanBeWrittenToo() {
        recorded();
        desk.world.unreadable(true);
        assertEquals(
                0,
                desk.run("state", "--recorded", "--out", file("state.json").toString())
                        .code());
        Said planned = desk.run("plan", "--state", file("state.json").toString());
        assertEquals(0, planned.code(), planned.all());
        assertTrue(planned.out().contains("Made from a state file (recorded after run 2026"), planned.all());
    }

    @Test
    void aFileThatIsNoStateOfThisReleaseIsRefused() throws IOException {
        recorded();
        Path file = file("state.json");
        desk.run("state", "--out", file.toString());
        String good = Files.readString(file);
        refused(good.substring(0, good.length() / 2), "state.malformed");
        refused("{}", "state.malformed");
        refused(
                good.replaceFirst("\"formatVersion\" : \"1\\.[0-9]+\"", "\"formatVersion\" : \"2.0\""),
                "state.unknown-format");
        refused(good.replace("\"revision\" : \"8\"", "\"revision\" : \"7\""), "state.edited");
        Files.writeString(file, good);
        desk.write("version: 1\nrelease: other\nbackend: file\nmemory: {}\n");
        Said other = desk.run("plan", "--state", file.toString());
        assertEquals(64, other.code(), other.all());
        assertTrue(other.err().contains("[state.other-release]"), other.all());
        assertEquals(
                64, desk.run("plan", "--state", file("absent.json").toString()).code());
        assertEquals(
                64, desk.run("plan", "--state", file.toString(), "--recorded").code());
    }

    private void refused(String content, String code) throws IOException {
        Files.writeString(file("state.json"), content);
        Said said = desk.run("plan", "--state", file("state.json").toString());
        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("[" + code + "]"), said.all());
    }

    @Test
    void aSectionThatChangedSinceIsWarnedOf() {
        recorded();
        desk.configure("  password: {env: PASSWORD}\n");
        Said said = desk.run("plan", "--recorded");
        assertEquals(0, said.code(), said.all());
        assertTrue(
                said.out().contains("the configuration's section memory has changed since it was recorded"),
                said.all());
    }

    @Test
    void aProviderThatCannotTellFromTheRecordIsAskedWhereItManagesWorkloads() {
        desk.configure("  behaviour: warning\n");
        recorded();
        Said asked = desk.run("plan", "--recorded");
        assertEquals(0, asked.code(), asked.all());
        assertTrue(asked.out().contains("the disk is nearly full"), asked.all());
        desk.run("state", "--out", file("state.json").toString());
        Said fromFile = desk.run("plan", "--state", file("state.json").toString());
        assertEquals(0, fromFile.code(), fromFile.all());
        assertFalse(fromFile.out().contains("the disk is nearly full"), fromFile.all());
    }
}
