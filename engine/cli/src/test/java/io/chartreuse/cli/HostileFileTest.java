package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.plan.PlanDocument;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no plans, however they try: refused in bounded time and memory, with a short message. */
final class HostileFileTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LONGEST_MESSAGE = 2_000;

    @TempDir
    Path directory;

    private Desk desk;
    private Path plan;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        plan = directory.resolve("plan.json");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
    }

    private void refused(String why) {
        String untouched = desk.world.state();
        for (String command : new String[] {"apply", "show"}) {
            Said said = assertTimeoutPreemptively(SOON, () -> desk.run(command, plan.toString()));
            assertEquals(64, said.code(), said.all());
            assertTrue(said.err().contains(why), "should say " + why + ": " + said.all());
            assertFalse(said.all().contains("fault of Chartreuse"), said.all());
            assertTrue(said.all().length() < LONGEST_MESSAGE, () -> said.all().length() + " characters");
        }
        assertEquals(untouched, desk.world.state());
    }

    private void replace(String what, String with) throws IOException {
        String text = Files.readString(plan);
        assertTrue(text.contains(what), text);
        Files.writeString(plan, text.replace(what, with));
    }

    @Test
    void aPlanThatIsTruncatedAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(plan);
        for (int length = 0; length < whole.length - 2; length += whole.length / 7) {
            Files.write(plan, java.util.Arrays.copyOf(whole, length));
            refused("is not a");
        }
    }

    @Test
    void aKeyThatStandsTwice() throws IOException {
        replace("\"onFailure\" : \"hold\"", "\"onFailure\" : \"hold\", \"onFailure\" : \"restore\"");
        refused("is not valid JSON");
    }

    @Test
    void somethingBehindThePlan() throws IOException {
        Files.writeString(plan, Files.readString(plan) + "{}");
        refused("is not valid JSON");
    }

    @Test
    void aMarkOfTheByteOrder() throws IOException {
        Files.writeString(plan, "\ufeff" + Files.readString(plan));
        refused("is not valid JSON");
    }

    @Test
    void textThatIsNotUtf8() throws IOException {
        Files.write(
                plan,
                Files.readString(plan).replace("\"hold\"", "\"h\u00f6ld\"").getBytes(StandardCharsets.ISO_8859_1));
        refused("it is not UTF-8 text");
    }

    @Test
    void zeros() throws IOException {
        Files.write(plan, new byte[1000]);
        refused("is not valid JSON");
    }

    @Test
    void deepNesting() throws IOException {
        Files.writeString(plan, "[".repeat(100_000));
        refused("is not valid JSON");
        Files.writeString(plan, "{\"formatVersion\":\"1.1\",\"a\":" + "{\"a\":".repeat(100_000) + "1");
        refused("is not valid JSON");
    }

    @Test
    void aHundredMegabytes() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(plan.toFile(), "rw")) {
            file.setLength(100 * 1024 * 1024);
        }
        refused("plan.json cannot be read: it is larger than 64 MiB");
    }

    @Test
    void aFileWithoutAnEnd() throws IOException {
        Files.delete(plan);
        Files.createSymbolicLink(plan, Path.of("/dev/zero"));
        refused("plan.json cannot be read: it is larger than 64 MiB");
    }

    @Test
    void aLinkToNowhereAndADirectory() throws IOException {
        Files.delete(plan);
        Files.createSymbolicLink(plan, directory.resolve("none"));
        refused("plan.json cannot be read");
        Files.delete(plan);
        Files.createDirectory(plan);
        refused("plan.json cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, it holds not a JSON number",
        "99999999999999999999, it holds an integer that a double cannot hold",
        "4294967306, it should be a number of 32 bits",
        "10.5, it should be a whole number",
        "\"10\", it should be a whole number",
        "null, it should be a whole number",
        "[10], it should be a whole number",
    })
    void numbersThatAreNone(String number, String why) throws IOException {
        replace("\"order\" : 10", "\"order\" : " + number);
        if (why.startsWith("it should")) {
            Forgery.plan(plan, document -> {});
        }
        refused(why);
    }

    @Test
    void wordsThatNeverEnd() throws IOException {
        String endless = "9".repeat(1_000_000);
        replace(
                "\"formatVersion\" : \"" + PlanDocument.FORMAT_VERSION + "\"",
                "\"formatVersion\" : \"" + endless + "\"");
        refused("has plan format 9999");
        replace(
                "\"formatVersion\" : \"" + endless + "\"",
                "\"formatVersion\" : \"" + PlanDocument.FORMAT_VERSION + "\"");
        Forgery.edit(plan, document -> document.put("id", endless));
        refused("its id is 9999");
        Forgery.plan(plan, document -> document.put("strategy", endless + "\n\u001b[2J"));
        refused("is not known here");
        Forgery.plan(
                plan,
                document -> document.put("strategy", "after")
                        .withArray("changes")
                        .addObject()
                        .put("address", endless));
        refused("not an address");
    }

    @ParameterizedTest
    @CsvSource({
        "createdAt, +1000000000-01-01T00:00:00Z, it should be a time",
        "createdAt, yesterday, it should be a time",
        "createdAt, -0001-01-01T00:00:00Z, it should be a time of our era",
        "release, shop, it should be an object",
        "changes, none, it should be a list",
        "identity, none, /identity",
    })
    void partsOfTheWrongForm(String field, String value, String why) {
        Forgery.plan(plan, document -> document.put(field, value));
        refused(why);
    }
}
