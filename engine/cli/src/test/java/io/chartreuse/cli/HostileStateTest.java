package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no states of the release, however they try: refused in bounded time and memory, with a short message. */
final class HostileStateTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LONGEST_MESSAGE = 2_000;
    private static final String DATABASE = "memory.database/main";
    private static final String WEB = "memory.workload/web";

    @TempDir
    Path directory;

    private Desk desk;
    private Path state;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        state = directory.resolve("state.json");
        assertEquals(0, desk.run("state", "--out", state.toString()).code());
    }

    private void refused(String why) {
        String untouched = desk.world.state();
        Path plan = directory.resolve("plan.json");
        Said said = assertTimeoutPreemptively(
                SOON, () -> desk.run("plan", "--state", state.toString(), "--out", plan.toString(), "--store"));
        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains(why), "should say " + why + ": " + said.all());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        assertTrue(said.all().length() < LONGEST_MESSAGE, () -> said.all().length() + " characters");
        assertEquals(untouched, desk.world.state());
        assertFalse(Files.exists(plan) || Files.exists(directory.resolve(".chartreuse")), "something was written");
    }

    private void replace(String what, String with) throws IOException {
        String text = Files.readString(state);
        assertTrue(text.contains(what), text);
        Files.writeString(state, text.replaceFirst(java.util.regex.Pattern.quote(what), with));
    }

    @Test
    void aStateThatIsTruncatedAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(state);
        for (int length = 0; length < whole.length - 2; length += whole.length / 7) {
            Files.write(state, Arrays.copyOf(whole, length));
            refused("is not a");
        }
    }

    @Test
    void aKeyThatStandsTwice() throws IOException {
        replace("\"role\" : \"migrate\"", "\"role\" : \"migrate\", \"role\" : \"gate\"");
        refused("is not valid JSON");
    }

    @Test
    void whatIsNoJson() throws IOException {
        String good = Files.readString(state);
        for (String text : new String[] {
            good + "{}",
            "\ufeff" + good,
            "\u0000".repeat(1000),
            "[".repeat(100_000),
            "{\"formatVersion\":\"1.1\",\"resources\":" + "{\"a\":".repeat(100_000) + "1",
            Files.readString(desk.config),
        }) {
            Files.writeString(state, text);
            refused("is not valid JSON");
        }
        Files.write(state, good.replace("\"migrate\"", "\"migr\u00e4te\"").getBytes(StandardCharsets.ISO_8859_1));
        refused("it is not UTF-8 text");
    }

    @Test
    void nestingThatJsonBears() {
        ObjectNode deep = Json.object();
        for (int i = 0; i < 900; i++) {
            deep = Json.object().set("a", deep);
        }
        ObjectNode notes = deep;
        Forgery.state(state, document -> Forgery.resource(document, WEB).set("observed", notes));
        String untouched = desk.world.state();
        Said said = desk.run("plan", "--state", state.toString());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        assertEquals(untouched, desk.world.state());
    }

    @Test
    void aHundredMegabytes() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(state.toFile(), "rw")) {
            file.setLength(100 * 1024 * 1024);
        }
        refused("state.json cannot be read: it is larger than 64 MiB");
    }

    @Test
    void aFileWithoutAnEnd() throws IOException {
        Files.delete(state);
        Files.createSymbolicLink(state, Path.of("/dev/zero"));
        refused("state.json cannot be read: it is larger than 64 MiB");
    }

    @Test
    void whatIsNoFile() throws IOException {
        Files.delete(state);
        refused("state.json cannot be read");
        Files.createSymbolicLink(state, directory.resolve("none"));
        refused("state.json cannot be read");
        Files.delete(state);
        Files.createSymbolicLink(state, state);
        refused("state.json cannot be read");
        Files.delete(state);
        Files.createDirectory(state);
        refused("state.json cannot be read: it is a directory");
    }

    @Test
    void otherDocumentsOfOurs() throws IOException {
        Path plan = directory.resolve("other.json");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
        Files.copy(plan, state, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refused("is not a state");
        Files.writeString(plan, "{}");
        assertEquals(0, desk.run("state", "--out", plan.toString()).code());
        for (String command : new String[] {"apply", "show"}) {
            Said said = desk.run(command, plan.toString());
            assertEquals(64, said.code(), said.all());
            assertTrue(said.err().contains("is not a"), said.all());
        }
    }

    @Test
    void aRunAndAnArtifactOfTheBackend() throws IOException {
        assertEquals(0, desk.run("apply", "--yes").code());
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(directory.resolve(".chartreuse"), elsewhere);
        for (String folder : new String[] {"runs", "state"}) {
            try (java.util.stream.Stream<Path> files =
                    Files.list(elsewhere.resolve("shop").resolve(folder))) {
                Path artifact = files.findFirst().orElseThrow();
                Files.copy(artifact, state, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                refused("is not a state");
                if (folder.equals("runs")) {
                    Files.writeString(
                            state, Forgery.read(artifact).get("content").textValue());
                    refused("is not a state");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, it holds not a JSON number",
        "99999999999999999999, it holds an integer that a double cannot hold",
        "4294967306, it should be a number of 32 bits",
        "10.5, it should be a whole number",
        "\"10\", it should be a whole number",
        "null, it should be a whole number",
    })
    void numbersThatAreNone(String number, String why) throws IOException {
        replace("\"order\" : 10", "\"order\" : " + number);
        if (why.startsWith("it should")) {
            Forgery.state(state, document -> {});
        }
        refused(why);
    }

    @Test
    void editedWithoutItsDigest() {
        Forgery.edit(
                state,
                document -> Forgery.resource(document, DATABASE)
                        .putObject("observed")
                        .put("revision", "8"));
        refused("was changed after it was written");
        Forgery.edit(state, document -> document.remove("digest"));
        refused("its digest is (none)");
        Forgery.edit(state, document -> document.put("digest", "9".repeat(1_000_000) + "\n\u001b[2J"));
        refused("its digest is 9999");
    }

    @ParameterizedTest
    @CsvSource({
        "formatVersion, 2.0, has state format 2.0",
        "formatVersion, 1.x, has state format 1.x",
        "recordedAt, yesterday, it should be a time",
        "recordedAt, +1000000000-01-01T00:00:00Z, it should be a time",
        "recordedAt, -0001-01-01T00:00:00Z, it should be a time of our era",
        "release, shop, it should be an object",
        "sections, none, it should be an object",
        "resources, none, it should be a list",
        "run, 'x approved by ada', not the id of a run",
    })
    void partsOfTheWrongForm(String field, String value, String why) {
        Forgery.state(state, document -> document.put(field, value));
        refused(why);
    }

    @ParameterizedTest
    @CsvSource({
        "address, web, not an address",
        "address, memory.workload/worker, memory.workload/worker stands there twice",
        "role, king, is not known here",
        "role, migrate, a maintenance state belongs to roles quiesce and suspend",
        "observed, none, it should be an object",
        "identity, none, it should be an object",
        "migrations, none, it should be a list",
        "parts, none, it should be an object",
    })
    void resourcesOfTheWrongForm(String field, String value, String why) {
        Forgery.state(state, document -> Forgery.resource(document, WEB).put(field, value));
        refused(why);
    }

    @Test
    void wordsThatNeverEnd() {
        String endless = "9".repeat(1_000_000) + "\n\u001b[2J";
        Forgery.state(state, document -> document.put("formatVersion", endless));
        refused("has state format 9999");
        Forgery.state(state, document -> document.put("formatVersion", "1.0").put("run", endless));
        refused("not the id of a run: \"9999");
        Forgery.state(state, document -> {
            document.remove("run");
            document.withObject("/release").put("name", endless);
        });
        refused("the name of a release or namespace is not one line of text");
        Forgery.state(
                state,
                document -> document.withObject("/release")
                        .put("name", endless.lines().iterator().next()));
        refused("is of release 9999");
    }

    @Test
    void ofAnotherReleaseOrNamespace() {
        Forgery.state(state, document -> document.withObject("/release").put("namespace", "elsewhere"));
        refused("is of release shop (namespace elsewhere), not of shop");
        Forgery.state(
                state,
                document -> document.withObject("/release").put("name", "other").remove("namespace"));
        refused("is of release other, not of shop");
    }
}
