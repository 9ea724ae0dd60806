package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A standard output that cannot be written is not silence: the exit code says so. */
final class LostOutputTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(why);
            }
        };
    }

    private Said full(String line) {
        return desk.runInto(failing("No space left on device"), line.split(" "));
    }

    private Said closed(String line) {
        return desk.runInto(failing("Broken pipe"), line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema config",
                "plan",
                "plan --output json",
                "plan --detailed-exitcode",
                "validate",
                "state",
                "status",
                "doctor",
                "audit list",
                "audit export",
                "completion bash",
                "providers",
                "version",
                "--version",
                "--help",
                "apply --help"
            })
    void aResultThatIsLostIsNoSuccess(String line) {
        desk.run("apply", "--yes");
        Said said = full(line);
        assertEquals(1, said.code(), said.all());
        assertTrue(
                said.err().contains("the standard output could not be written: No space left on device"), said.err());
        Said unread = closed(line);
        assertEquals(141, unread.code(), unread.all());
        assertEquals("", unread.err());
    }

    @Test
    void aRunGoesOnToItsEndAndItsExitCodeTellsTheOutcome() {
        Said said = full("apply --yes");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.err().contains("Warning"), said.err());
        assertEquals(0, desk.run("plan", "--detailed-exitcode").code(), "nothing is left to do");
        assertEquals(0, closed("apply --yes --output json").code());
    }

    @Test
    void anErrorKeepsItsCode() {
        Said said = full("show absent.json --output json");
        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("could not be written"), said.err());
    }

    @Test
    void anErrorIsSaidWhereTheFileCannotTakeThePlan() throws IOException {
        Said said = desk.run("plan", "--out", "/dev/full");
        assertEquals(1, said.code(), said.all());
        assertTrue(said.err().contains("No space left on device"), said.err());
        assertFalse(Files.isRegularFile(Path.of("/dev/full")));
    }
}
