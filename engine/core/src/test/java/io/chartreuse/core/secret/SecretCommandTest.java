package io.chartreuse.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecretCommandTest {

    @TempDir
    Path directory;

    private final Redactor redactor = new Redactor();

    @Test
    void whatAProgramWritesIsTheSecret() {
        assertEquals("a token", shell("echo '  a token  '; echo").reveal());
    }

    @Test
    void itRunsAnewEachTimeInTheDirectoryWithTheEnvironmentThatIsGiven() throws IOException {
        Files.writeString(directory.resolve("token"), "first");
        assertEquals("first hunter2", shell("cat token; echo \" $SHOP\"").reveal());
        Files.writeString(directory.resolve("token"), "second");

        assertEquals("second hunter2", shell("cat token; echo \" $SHOP\"").reveal());
    }

    @Test
    void itIsMaskedFromThenOn() {
        shell("echo t0ken");

        assertEquals("(secret)", redactor.redact("t0ken"));
    }

    @Test
    void whyItFailedIsToldWithoutKnownSecretsAndWithoutItsArgumentsAndOutput() {
        redactor.add(new Secret("hunter2"));
        String message = refused(SecretError.SECRET_COMMAND_FAILED, "echo t0ken; echo no hunter2 >&2; exit 7");

        assertEquals(
                "the program sh, from whose output a secret is to be read, ended with exit code 7: no (secret)",
                message);
    }

    @Test
    void whatTakesTooLongIsEndedWithAllItsChildren() throws IOException {
        String message = refused(SecretError.SECRET_COMMAND_FAILED, "sleep 600 & echo $! > child; wait");

        assertTrue(message.contains("took longer than 500ms"), message);
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        while (ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatLeavesAChildAtItsOutputIsNotWaitedForLongerEither() {
        // Whether what was written is had before the child's hold on the output shows depends on the moment.
        Instant begun = Instant.now();
        try {
            assertEquals("token", shell("sleep 300 & echo token", "500ms").reveal());
        } catch (ChartreuseException refused) {
            assertEquals(
                    SecretError.SECRET_COMMAND_FAILED,
                    refused.diagnostics().get(0).code());
        }
        assertTrue(Duration.between(begun, Instant.now()).toSeconds() < 60);
    }

    @Test
    void noOutputIsNoSecret() {
        refused(SecretError.SECRET_EMPTY, "echo");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.putObject("command").putArray("run").add("no-such-program");
        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> secrets().resolve(reference));

        assertEquals(SecretError.SECRET_MISSING, refused.diagnostics().get(0).code());
        assertTrue(refused.getMessage().contains("no-such-program"), refused.getMessage());
    }

    @Test
    void aThreadThatIsInterruptedStaysSo() {
        Thread.currentThread().interrupt();
        refused(SecretError.SECRET_COMMAND_FAILED, "sleep 600");

        assertTrue(Thread.interrupted());
    }

    private String refused(SecretError code, String script) {
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> shell(script, "500ms"));
        assertEquals(code, refused.diagnostics().get(0).code());
        assertFalse(refused.toString().contains("t0ken"), refused.toString());
        return refused.getMessage();
    }

    private Secret shell(String script) {
        return shell(script, "30s");
    }

    private Secret shell(String script, String timeout) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        ObjectNode command = reference.putObject("command").put("timeout", timeout);
        command.putArray("run").add("sh").add("-c").add(script);
        return secrets().resolve(reference);
    }

    private ReferencedSecrets secrets() {
        return new ReferencedSecrets(Map.of("SHOP", "hunter2", "PATH", System.getenv("PATH")), directory, redactor);
    }
}
