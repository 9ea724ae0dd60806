package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not policy files: {@code plan} and {@code apply} report the error and change nothing. */
final class HostilePolicyTest {

    private static final String RULE =
            "{\"rules\": [{\"id\": \"a\", \"severity\": \"deny\", \"message\": \"no\", \"schema\": {}}]}";

    @TempDir
    Path directory;

    private Desk desk;
    private Path rules;

    @BeforeEach
    void sitDown() throws IOException {
        desk = Desk.usual(directory);
        rules = directory.resolve("rules.json");
        Files.writeString(rules, RULE);
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\npolicy: [rules.json]\n");
        assertEquals(0, desk.run("plan", "--out", directory + "/plan.json").code());
    }

    private void refused(String why) {
        String untouched = desk.world.state();
        for (String[] words : new String[][] {{"plan"}, {"apply", directory + "/plan.json"}}) {
            Said said = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> desk.run(words));
            assertEquals(64, said.code(), said.all());
            assertTrue(said.err().contains(why), "should say " + why + ": " + said.all());
            assertFalse(said.all().contains("fault of Chartreuse"), said.all());
            assertTrue(said.all().length() < 5_000, () -> said.all().length() + " characters");
        }
        assertEquals(untouched, desk.world.state());
    }

    private void refused(String content, String why) throws IOException {
        Files.writeString(rules, content);
        refused(why);
    }

    @Test
    void whatIsNotWholeOrStandsTwice() throws IOException {
        refused(RULE.substring(0, RULE.length() / 2), "[policy.malformed]");
        refused(RULE.replace("\"id\": \"a\"", "\"id\": \"a\", \"id\": \"b\""), "[policy.malformed]");
        refused(RULE + "{}", "[policy.malformed]");
        refused("", "is empty");
        refused("[".repeat(100_000), "[policy.malformed]");
        refused(RULE.replace("\"deny\"", "\"" + "deny".repeat(100_000) + "\""), "[policy.malformed]");
    }

    @Test
    void whatIsNoFileOfRules() throws IOException {
        Files.write(rules, new byte[] {(byte) 0xff, (byte) 0xfe, 0x00});
        refused("[policy.unreadable]");
        Files.delete(rules);
        refused("rules.json");
        Files.createSymbolicLink(rules, Path.of("/dev/zero"));
        refused("has more than 4 MiB");
    }

    @Test
    void aliasesThatMultiply() throws IOException {
        StringBuilder laughs = new StringBuilder(
                "rules:\n- id: a\n  severity: deny\n  message: no\n  schema:\n    x0: &x0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("    x")
                    .append(i)
                    .append(": &x")
                    .append(i)
                    .append(" [*x")
                    .append(i - 1)
                    .append(", *x")
                    .append(i - 1)
                    .append("]\n");
        }
        refused(laughs.toString(), "[policy.malformed]");
    }
}
