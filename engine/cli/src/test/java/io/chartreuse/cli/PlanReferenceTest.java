package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plan a word means: a file, or a stored plan. */
final class PlanReferenceTest {

    @TempDir
    Path directory;

    private Desk desk;
    private String digits;

    @BeforeEach
    void storePlan() throws IOException {
        desk = Desk.usual(directory);
        Path plan = directory.resolve("plan.json");
        desk.run("plan", "--store", "--out", plan.toString());
        digits = Json.read(Files.readString(plan)).get("id").asText().substring("sha256:".length());
    }

    private static void assertSays(int code, Said said, String... words) {
        assertEquals(code, said.code(), said.all());
        for (String word : words) {
            assertTrue(said.all().contains(word), "should say " + word + ": " + said.all());
        }
    }

    @Test
    void theDigitsOfAnIdNeedNoOption() {
        assertSays(0, desk.run("show", digits), "3 migrations");
        assertSays(0, desk.run("show", "sha256:" + digits), "3 migrations");
        assertSays(0, desk.run("show", digits.substring(0, 8).toUpperCase(Locale.ROOT)), "3 migrations");
        assertSays(0, desk.run("apply", digits.substring(0, 8)), "was carried out");
    }

    @Test
    void anIdThatIsNotStoredIsSaidAsSuch() {
        assertSays(64, desk.run("show", "0".repeat(12)), "there is no plan");
        assertSays(64, desk.run("show", "sha256:nonsense"), "that is not the id of a plan");
    }

    @Test
    void aWordThatIsNoIdIsAFile() {
        assertSays(64, desk.run("show", "abc"), "plan file abc cannot be read");
        assertSays(64, desk.run("show", "plan-of-today"), "plan file plan-of-today cannot be read");
    }

    @Test
    void aFileThatIsNamedByItsIdIsThatPlan() throws IOException {
        Path named = directory.resolve(digits.substring(0, 12));
        Files.copy(directory.resolve("plan.json"), named);
        assertSays(0, desk.run("show", named.toString()), "3 migrations");
    }

    /** The word is looked up in the directory of the process, so this file stands there for as long as the test runs. */
    @Test
    void aFileThatIsNamedLikeAnotherIdIsAmbiguous() throws IOException {
        String word = "00c0ffee" + Long.toHexString(ProcessHandle.current().pid()) + "00"; // no 12 digits, as ids have
        Path file = Path.of(word);
        Files.copy(directory.resolve("plan.json"), file);
        try {
            assertSays(64, desk.run("apply", word), "may be the id of a stored plan", "--plan-id " + word, "./" + word);
            assertSays(0, desk.run("show", "./" + word), "3 migrations");
        } finally {
            Files.delete(file);
        }
    }
}
