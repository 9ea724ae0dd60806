package io.chartreuse.core.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencedSecretsTest {

    @TempDir
    Path directory;

    private final Redactor redactor = new Redactor();

    @Test
    void aVariableIsReadFromTheEnvironment() {
        assertEquals("hunter2", reveal("env", "SHOP_PASSWORD"));
    }

    @Test
    void thePasswordInAUrlIsASecretByItself() {
        Map<String, String> environment = Map.of(
                "URI", "postgresql://app:corr%20horse@ledger/books",
                "JDBC", "jdbc:postgresql://ledger/books?user=app&password=battery+staple&sslmode=require");
        ReferencedSecrets secrets = new ReferencedSecrets(environment, directory, redactor);
        environment
                .keySet()
                .forEach(name ->
                        secrets.resolve(JsonNodeFactory.instance.objectNode().put("env", name)));

        assertEquals(
                "(secret), (secret), (secret), app", redactor.redact("corr horse, corr%20horse, battery staple, app"));
    }

    @Test
    void aRelativePathStartsAtTheDirectory() throws IOException {
        Files.writeString(directory.resolve("password"), "hunter2");

        assertEquals("hunter2", reveal("file", "password"));
    }

    @Test
    void oneLineEndAtTheEndOfAFileIsLeftOut() throws IOException {
        Files.writeString(directory.resolve("unix"), " a\nb \n");
        Files.writeString(directory.resolve("windows"), "abcd\r\n");
        Files.writeString(directory.resolve("two"), "abcd\n\n");

        assertEquals(" a\nb ", reveal("file", "unix"));
        assertEquals("abcd", reveal("file", "windows"));
        assertEquals("abcd\n", reveal("file", "two"));
    }

    @Test
    void aFileIsReadAnewEachTime() throws IOException {
        Files.writeString(directory.resolve("password"), "former");
        reveal("file", "password");
        Files.writeString(directory.resolve("password"), "newer");

        assertEquals("newer", reveal("file", "password"));
    }

    @Test
    void whatWasResolvedIsMaskedFromThenOn() {
        assertEquals("hunter2", redactor.redact("hunter2"));

        reveal("env", "SHOP_PASSWORD");

        assertEquals("(secret)", redactor.redact("hunter2"));
    }

    @Test
    void aProgramIsGivenTheEnvironmentWithoutTheSecretsThatStandThere() {
        ReferencedSecrets secrets = new ReferencedSecrets(
                Map.of("OTHER_PASSWORD", "hunter2", "REGION", "eu-west", "PATH", "/usr/bin:/bin"),
                directory,
                redactor,
                Set.of("OTHER_PASSWORD"));
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.withObject("/command").withArray("run").add("sh").add("-c").add("echo \"$REGION${OTHER_PASSWORD-}\"");

        assertEquals("eu-west", secrets.resolve(reference).reveal());
    }

    @Test
    void aSecretThatCouldNotBeMaskedIsRefused() throws IOException {
        Files.writeString(directory.resolve("password"), "k9Z\n");

        assertRefused(SecretError.SECRET_TOO_SHORT, "file", "password");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertRefused(SecretError.SECRET_MISSING, "env", "NOT_SET");
    }

    @Test
    void anEmptyVariableIsNamed() {
        assertRefused(SecretError.SECRET_EMPTY, "env", "EMPTY");
    }

    @Test
    void aMissingFileIsNamed() {
        assertRefused(SecretError.SECRET_MISSING, "file", "/nowhere/password");
    }

    @Test
    void anEmptyFileIsNamed() throws IOException {
        Files.writeString(directory.resolve("password"), "\n");

        assertRefused(SecretError.SECRET_EMPTY, "file", "password");
    }

    @Test
    void aDirectoryIsNotASecret() {
        assertRefused(SecretError.SECRET_UNREADABLE, "file", directory.toString());
    }

    @Test
    void aFileThatIsNotTextIsRefusedWithoutTellingWhatIsInIt() throws IOException {
        Files.write(directory.resolve("password"), "hunter2ä".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(SecretError.SECRET_UNREADABLE, "file", "password");
    }

    @Test
    void whatIsNotAReferenceIsNotTold() {
        JsonNode plain = JsonNodeFactory.instance.textNode("hunter2");

        String message = assertThrows(
                        IllegalArgumentException.class, () -> secrets().resolve(plain))
                .getMessage();

        assertFalse(message.contains("hunter2"), message);
    }

    private void assertRefused(SecretError code, String kind, String name) {
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> reveal(kind, name));

        assertEquals(code, refused.diagnostics().get(0).code());
        assertTrue(refused.getMessage().contains(name), refused.getMessage());
        assertFalse(refused.toString().contains("hunter2"), refused.toString());
    }

    private String reveal(String kind, String name) {
        return secrets()
                .resolve(JsonNodeFactory.instance.objectNode().put(kind, name))
                .reveal();
    }

    private ReferencedSecrets secrets() {
        return new ReferencedSecrets(Map.of("SHOP_PASSWORD", "hunter2", "EMPTY", ""), directory, redactor);
    }
}
