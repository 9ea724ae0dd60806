package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that OpenSSL made, in the forms that cosign writes them: ECDSA over SHA-256 in DER, and Ed25519. */
final class ForeignSignatureTest {

    @TempDir
    Path directory;

    private Desk desk;
    private String id;

    @BeforeEach
    void sitDown() throws Exception {
        Prerequisite.installed("openssl", Files.isExecutable(Path.of("/usr/bin/openssl")));
        desk = Desk.usual(directory);
        for (String name : new String[] {"ecdsa", "mallory"}) {
            openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + name + ".key");
        }
        openssl("genpkey -algorithm ED25519 -out ed25519.key");
        for (String name : new String[] {"ecdsa", "ed25519"}) {
            openssl("pkey -in " + name + ".key -pubout -out " + name + ".pub");
        }
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\napprovals:\n  required: 1\n"
                + "  keys: [{file: ecdsa.pub}, {file: ed25519.pub}]\n");
        assertEquals(0, desk.run("plan", "--out", directory + "/plan.json").code());
        id = Forgery.read(directory.resolve("plan.json")).get("id").asText();
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        ProcessBuilder openssl = new ProcessBuilder(("openssl " + arguments).split(" "));
        Path said = directory.resolve("openssl.txt");
        Process process = openssl.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> arguments);
    }

    private byte[] signed(String key, String text) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("id"), text);
        openssl(
                key.equals("ed25519")
                        ? "pkeyutl -sign -rawin -inkey ed25519.key -in id -out raw"
                        : "dgst -sha256 -sign " + key + ".key -out raw id");
        return Files.readAllBytes(directory.resolve("raw"));
    }

    private Said approve(byte[] content) throws IOException {
        Files.write(directory.resolve("signature"), content);
        return desk.run("approve", directory + "/plan.json", "--signature", directory + "/signature");
    }

    private Said approve(String content) throws IOException {
        return approve(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa", "ed25519"})
    void eachFormOfASignatureCounts(String key) throws Exception {
        for (String end : new String[] {"", "\n", "\r\n"}) {
            byte[] signature = signed(key, id + end);
            String bundle = Json.object()
                    .put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json")
                    .set("messageSignature", Json.object().put("signature", base64(signature)))
                    .toString();
            String earlier = Json.object()
                    .put("base64Signature", base64(signature))
                    .put("cert", "")
                    .toString();
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(signature) + "\n";
            assertEquals(0, approve(signature).code());
            for (String form : new String[] {base64(signature), base64(signature) + "\n", lines, bundle, earlier}) {
                Said said = approve(form);
                assertEquals(0, said.code(), said.all());
            }
        }
        assertEquals(0, desk.run("apply", directory + "/plan.json").code());
    }

    @Test
    void whatSignsSomethingElseDoesNot() throws Exception {
        byte[] genuine = signed("ecdsa", id);
        byte[] flipped = genuine.clone();
        flipped[flipped.length - 1] ^= 1;
        String digits = id.substring("sha256:".length());
        for (byte[] wrong : new byte[][] {
            signed("mallory", id),
            signed("ecdsa", digits),
            signed("ecdsa", id + "\n\n"),
            signed("ecdsa", id.replace(digits.substring(0, 1), "g")),
            signed("ed25519", digits),
            flipped,
            Arrays.copyOf(genuine, genuine.length - 1),
            new byte[64],
            {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00},
        }) {
            Said said = approve(base64(wrong));
            assertEquals(64, said.code(), said.all());
            assertTrue(said.err().contains("with none of the keys in approvals.keys"), said.all());
        }
        assertEquals(5, desk.run("apply", directory + "/plan.json").code());
    }

    @Test
    void aSignatureOfAnotherPlanDoesNot() throws Exception {
        byte[] signature = signed("ecdsa", id);
        desk.clock = Clock.offset(desk.clock, Duration.ofMinutes(1));
        assertEquals(0, desk.run("plan", "--out", directory + "/plan.json").code());
        assertEquals(64, approve(base64(signature)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"messageSignature\": {}}", "{\"messageSignature\"", "no base64!", "\n"})
    void whatIsNoSignatureIsSaidToBeNone(String content) throws Exception {
        Said said = approve(content);
        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("signature holds no signature"), said.all());
        assertTrue(said.err().contains("cosign sign-blob --key KEY --bundle signature id"), said.all());
    }

    @Test
    void aFileWithoutAnEndIsNotReadToIt() throws Exception {
        Files.createSymbolicLink(directory.resolve("endless"), Path.of("/dev/zero"));
        Said said = desk.run("approve", directory + "/plan.json", "--signature", directory + "/endless");
        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("is too large for a key or a signature"), said.all());
    }
}
