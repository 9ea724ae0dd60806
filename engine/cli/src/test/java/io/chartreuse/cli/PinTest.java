package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file has to be stands in the command line: another content is not even parsed. */
final class PinTest {

    private static final String RULES = """
            {"rules": [{"id": "any", "severity": "warn", "message": "it is a plan", "schema": {"not": {}}}]}""";

    @TempDir
    Path directory;

    private Desk desk;
    private String untouched;

    @BeforeEach
    void sitDown() throws IOException {
        desk = Desk.usual(directory);
        Files.writeString(directory.resolve("rules.json"), RULES);
        desk.write(Files.readString(desk.config) + "policy: [rules.json]\n");
        untouched = desk.world.state();
    }

    private String pin(String name) throws IOException {
        return name + "=" + Sha256.of(Files.readAllBytes(directory.resolve(name)));
    }

    @Test
    void aConfigurationThatWasChangedIsNotParsedAndRunsNoCommand() throws IOException {
        String pinned = pin("chartreuse.yaml");
        Path trace = directory.resolve("trace");
        desk.write("version: 1\nrelease: [not, a, name\nmemory: {password: {command: {run: [touch, " + trace + "]}}}");

        Said said = desk.run("apply", "--yes", "--pin", pinned);

        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("pinned chartreuse.yaml is sha256:"), said.err());
        assertTrue(said.err().contains("core.pin-broken"), said.err());
        assertFalse(said.err().contains("YAML"), said.err());
        assertFalse(Files.exists(trace));
        assertEquals(untouched, desk.world.state());
    }

    @Test
    void allThatWasChangedIsNamedAtOnce() throws IOException {
        String configuration = pin("chartreuse.yaml");
        String rules = pin("rules.json");
        Files.writeString(directory.resolve("rules.json"), "{\"rules\": []}");
        desk.write(Files.readString(desk.config) + "# more\n");

        Said said = desk.run("doctor", "--pin", configuration, "--pin", rules, "--pin", "gone.pub=" + Sha256.of(""));

        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("pinned chartreuse.yaml is sha256:"), said.err());
        assertTrue(said.err().contains("pinned rules.json is sha256:"), said.err());
        assertTrue(said.err().contains("pinned gone.pub is not there"), said.err());
    }

    @Test
    void filesThatAreWhatTheirDigestsSayAreUsed() throws IOException {
        Said said = desk.run("apply", "--yes", "--pin", pin("chartreuse.yaml"), "--pin", pin("rules.json"));
        assertEquals(0, said.code(), said.all());
        assertTrue(said.all().contains("it is a plan"), said.all());
    }

    @Test
    void whatChangesAfterItWasComparedIsNotReadAgain() throws IOException {
        String rules = pin("rules.json");
        assertEquals(0, desk.run("validate", "--pin", rules).code());
        Files.writeString(directory.resolve("rules.json"), "not even JSON");
        assertEquals(0, desk.run("validate").code(), "this process has compared it, and uses what it compared");
    }

    @Test
    void aFileThatIsAddedToAPinnedDirectoryEndsTheRunBeforeItBegins() throws IOException {
        Path migrations = Files.createDirectory(directory.resolve("migrations"));
        Files.writeString(migrations.resolve("V1__a.sql"), "select 1;\n");
        String listing = Sha256.of("select 1;\n").substring("sha256:".length()) + "  ./V1__a.sql\n";
        String pinned = "migrations=" + Sha256.of(listing);
        assertEquals(
                0,
                desk.run("plan", "--out", directory + "/plan.json", "--pin", pinned)
                        .code());

        Files.writeString(migrations.resolve("beforeMigrate.sql"), "drop table users;\n");
        Said said = desk.run("apply", directory + "/plan.json", "--pin", pinned);

        assertEquals(64, said.code(), said.all());
        assertEquals(untouched, desk.world.state());
    }

    @Test
    void whatIsNoDigestIsRefused() {
        for (String wrong : new String[] {"chartreuse.yaml", "chartreuse.yaml=6f0c", "=sha256:" + "0".repeat(64)}) {
            assertEquals(64, desk.run("plan", "--pin", wrong).code(), wrong);
        }
    }
}
