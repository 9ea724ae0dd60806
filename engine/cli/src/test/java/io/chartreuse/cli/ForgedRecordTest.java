package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the backend keeps, changed behind our back: stored plans, approvals, runs, the lease. */
final class ForgedRecordTest {

    @TempDir
    Path directory;

    private Desk desk;
    private Path home;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        home = directory.resolve(".chartreuse/shop");
    }

    private static Said says(int code, String text, Said said) {
        assertEquals(code, said.code(), said.all());
        assertTrue(said.all().contains(text), "should say " + text + ": " + said.all());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        return said;
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private Path stored() throws IOException {
        says(0, "", desk.run("plan", "--store"));
        return files("plans").get(files("plans").size() - 1);
    }

    private static String id(Path plan) {
        return Forgery.read(plan).get("id").asText();
    }

    private void later() {
        desk.clock = Clock.offset(desk.clock, Duration.ofMinutes(1));
    }

    @Test
    void anOldPlanUnderTheNameOfANewOneIsNotTakenForIt() throws IOException {
        Path old = stored();
        later();
        says(0, "", desk.run("plan", "--store"));
        Path other = files("plans").stream()
                .filter(file -> !file.equals(old))
                .findFirst()
                .orElseThrow();
        String reviewed = id(other);
        Files.copy(old, other, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        says(1, "holds another artifact than its name says", desk.run("apply", "--plan-id", reviewed));
        Forgery.edit(other, envelope -> envelope.put("id", reviewed));
        says(1, "is plan", desk.run("apply", "--plan-id", reviewed));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aStoredPlanThatWasEditedIsRefused() throws IOException {
        Path plan = stored();
        Forgery.content(plan, document -> document.put("onFailure", "restore"));
        says(64, "was changed after it was made", desk.run("apply", "--plan-id", id(plan)));
        Files.writeString(plan, "{");
        says(
                1,
                "is not an artifact of Chartreuse",
                desk.run(
                        "apply",
                        "--plan-id",
                        "sha256:"
                                + "0"
                                        .repeat(64)
                                        .replace(
                                                "0",
                                                plan.getFileName().toString().substring(7, 8))
                                        .substring(0, 1)
                                + plan.getFileName().toString().substring(8, 71)));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aStoredPlanWithoutAnEndIsRefused() throws IOException {
        Path plan = stored();
        String id = id(plan);
        try (RandomAccessFile file = new RandomAccessFile(plan.toFile(), "rw")) {
            file.setLength(100 * 1024 * 1024);
        }
        says(64, "cannot be read: it is larger than 64 MiB", desk.run("apply", "--plan-id", id));
    }

    @Test
    void aPlanThatWasExecutedIsNotExecutedAgain() throws IOException {
        Path plan = stored();
        says(0, "", desk.run("apply", "--plan-id", id(plan)));
        List<String> done = desk.world.history();
        says(0, "was carried out before, by run", desk.run("apply", "--plan-id", id(plan)));
        assertEquals(done, desk.world.history());
        for (Path run : files("runs")) {
            Files.delete(run);
        }
        says(3, "[apply.stale]", desk.run("apply", "--plan-id", id(plan)));
        assertEquals(done, desk.world.history());
    }

    @Test
    void idsAreDigitsAndNoWayToOtherFolders() throws IOException {
        String id = id(stored());
        for (String wrong :
                List.of("../runs/x", "sha256:../../etc/passwd", "sha256-" + id.substring(7), "", "ab\u0000cd")) {
            Said said = desk.run("apply", "--plan-id", wrong);
            assertEquals(64, said.code(), said.all());
            assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        }
        assertEquals(List.of(), desk.world.history());
        says(0, "", desk.run("show", "--plan-id", "SHA256:" + id.substring(7).toUpperCase(java.util.Locale.ROOT)));
        says(0, "", desk.run("show", "--plan-id", id.substring(7, 17)));
    }

    @Test
    void approvalsThatProveNothingAreNotCounted() throws IOException, GeneralSecurityException {
        KeyPair ada = keys("ada");
        desk.write(
                "version: 1\nrelease: shop\nbackend: file\nmemory: {}\napprovals: {required: 1, keys: [{file: ada.pub}]}\n");
        Path plan = stored();
        says(0, "", desk.run("approve", "--plan-id", id(plan), "--key", directory + "/ada.key"));
        Path approval = files("approvals").get(0);
        String genuine = Files.readString(approval);
        later();
        Path other = directory.resolve("other.json");
        says(0, "", desk.run("plan", "--out", other.toString()));
        String otherId = id(other);
        String p384 =
                Base64.getEncoder().encodeToString(key("EC", 384).getPublic().getEncoded());
        String rsa =
                Base64.getEncoder().encodeToString(key("RSA", 2048).getPublic().getEncoded());
        for (String edit : List.of(
                "planId=" + otherId,
                "planId=" + otherId + "\n",
                "signature=",
                "signature=AAAA",
                "signature=" + "A".repeat(4_000_000),
                "signature=not base64",
                "publicKey=" + p384,
                "publicKey=" + rsa,
                "publicKey=",
                "formatVersion=2.0",
                "at=never")) {
            Files.writeString(approval, genuine);
            int equals = edit.indexOf('=');
            Forgery.content(
                    approval,
                    document -> document.put("planId", edit.startsWith("planId") ? "" : otherId)
                            .put(edit.substring(0, equals), edit.substring(equals + 1)));
            says(5, "has 0 of the 1 approvals", desk.run("apply", other.toString()));
        }
        assertEquals(List.of(), desk.world.history());
        assertEquals("Ed25519", ada.getPublic().getAlgorithm().replace("EdDSA", "Ed25519"));
    }

    @Test
    void anAuditNamesTheFirstRecordThatDoesNotFit() throws IOException {
        for (int target = 9; target < 12; target++) {
            says(0, "", desk.run("apply", "--yes"));
            desk.world.target("main", target);
            later();
        }
        List<Path> runs = files("runs");
        says(0, "3 runs form one chain", desk.run("audit", "verify"));
        String first = Files.readString(runs.get(0));
        Forgery.content(runs.get(0), run -> run.put("outcome", "failed"));
        says(1, "is not what it was when run", desk.run("audit", "verify"));
        Files.writeString(runs.get(0), first);
        Forgery.content(runs.get(1), run -> {
            ArrayNode entries = run.withArray("entries");
            entries.add(entries.remove(0));
        });
        says(1, "is not what it was when run", desk.run("audit", "verify"));
        Files.delete(runs.get(1));
        says(1, "which is not on record", desk.run("audit", "verify"));
        Files.copy(runs.get(0), home.resolve("runs/again.json"));
        says(1, "again.json holds another artifact than its name says", desk.run("audit", "verify"));
    }

    @Test
    void recordsOfRunsThatCannotBeReadAreNamed() throws IOException {
        says(0, "", desk.run("apply", "--yes"));
        Path run = files("runs").get(0);
        String genuine = Files.readString(run);
        for (String edit : List.of(
                "endedAt=never",
                "startedAt=+1000000000-01-01T00:00:00Z",
                "outcome=" + "x".repeat(100_000),
                "formatVersion=2.0",
                "formatVersion=1.x",
                "entries=none")) {
            Files.writeString(run, genuine);
            int equals = edit.indexOf('=');
            Forgery.content(run, document -> document.put(edit.substring(0, equals), edit.substring(equals + 1)));
            Said said = says(1, "", desk.run("audit", "list"));
            assertTrue(said.err().contains("[run.malformed]"), said.all());
            assertTrue(said.all().length() < 2000, said.all());
        }
    }

    @Test
    void aLeaseThatNobodyOfOursWroteDoesNotHoldForEver() throws IOException {
        stored();
        Path lease = home.resolve("lease.json");
        for (String seconds : List.of("2147483647", "9223372036854775807", "0", "-5", "\"x\"")) {
            Files.writeString(
                    lease,
                    "{\"holder\": \"mallory\\u001b[8m\", \"acquiredAt\": \"2026-11-22T07:00:00Z\", "
                            + "\"renewedAt\": \"2026-11-22T07:00:00Z\", \"version\": \"1\", \"durationSeconds\": "
                            + seconds + "}");
            desk.clock = Clock.systemUTC();
            Said said = desk.run("apply", "--yes", "--lock-timeout", "1s");
            assertTrue(said.code() == 4 || said.code() == 1, said.all());
            assertTrue(said.err().contains("[lock.held]") || said.err().contains("[store.foreign]"), said.all());
            assertFalse(said.all().contains("\u001b"), said.all());
        }
        Files.writeString(
                lease,
                Json.object()
                        .put("holder", "x")
                        .put("acquiredAt", "9999-12-31T23:59:59Z")
                        .toString());
        says(1, "is not a lease of Chartreuse", desk.run("status"));
        assertEquals(List.of(), desk.world.history());
    }

    private KeyPair keys(String name) throws IOException, GeneralSecurityException {
        KeyPair pair = key("Ed25519", 0);
        pem(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        return pair;
    }

    private static KeyPair key(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (size > 0) {
            generator.initialize(size);
        }
        return generator.generateKeyPair();
    }

    private void pem(String file, String label, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(content) + "\n-----END " + label
                        + "-----\n");
    }
}
