package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/** Approvals and the audit of runs, as a user meets them. */
final class ApproveTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() throws IOException, GeneralSecurityException {
        desk = Desk.usual(directory);
        for (String name : List.of("ada", "bob", "eve")) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            write(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            write(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        }
        requireApprovals(2);
    }

    private void write(String file, String label, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(content) + "\n-----END " + label
                        + "-----\n");
    }

    private void requireApprovals(int required) {
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\napprovals:\n  required: " + required
                + "\n  keys: [{file: ada.pub}, {file: bob.pub}]\n");
    }

    private void plan() {
        assertEquals(0, desk.run("plan", "--out", directory + "/plan.json").code());
    }

    private Said approve(String name) {
        return desk.run("approve", directory + "/plan.json", "--key", directory + "/" + name + ".key");
    }

    private Said apply() {
        return desk.run("apply", directory + "/plan.json");
    }

    private static void assertSays(int code, String text, Said said) {
        assertEquals(code, said.code(), said.all());
        assertTrue(said.all().contains(text), said.all());
    }

    @Test
    void aPlanIsAppliedOnceEnoughKeysHaveApprovedIt() throws IOException {
        plan();
        assertSays(5, "has 0 of the 2 approvals", apply());
        assertSays(0, "1 of the 2", approve("ada"));
        assertSays(0, "1 of the 2", approve("ada"));
        assertSays(5, "has 1 of the 2 approvals that it needs, by ada (sha256:", apply());
        assertEquals(List.of(), desk.world.history());
        Said json = desk.run("approve", directory + "/plan.json", "--key", directory + "/bob.key", "--output", "json");
        assertEquals(2, json.json().get("approvals").asInt());
        assertSays(0, "", apply());
        assertSays(0, "approved by", desk.run("audit", "show"));
        assertSays(0, "The run on record is as it was recorded", desk.run("audit", "verify"));
        delete("approvals");
        assertSays(1, "no approval that holds is on record", desk.run("audit", "verify"));
    }

    @Test
    void aPlanIsShownWithItsApprovals() {
        assertSays(0, "The plan has 0 of the 2 approvals that it needs; not yet: ada (sha256:", desk.run("plan"));
        plan();
        approve("ada");
        String file = directory + "/plan.json";
        assertSays(0, "1 of the 2 approvals that it needs, by ada (sha256:", desk.run("show", file));
        assertSays(0, "### Approvals", desk.run("show", file, "--output", "markdown"));
        Said json = desk.run("show", file, "--output", "json");
        assertTrue(json.json().has("id"), "the document is the plan and nothing else");
        assertTrue(json.err().contains("1 of the 2 approvals"), json.all());
        approve("bob");
        assertFalse(desk.run("show", file).out().contains("not yet"));
        requireApprovals(0);
        assertFalse(desk.run("show", file).out().contains("approval"));
    }

    private void delete(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".chartreuse/shop/" + folder))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void keepRule() throws IOException {
        Files.copy(
                Path.of("..", "..", "examples", "policies", "review-is-not-loosened.json"),
                directory.resolve("kept.json"));
    }

    @Test
    void anotherBackendThatHasNoRecordIsSaidAndCanBeDenied() throws IOException {
        keepRule();
        String bare = "version: 1\nrelease: shop\nmemory: {}\n";
        desk.write(bare + "backend: file\napprovals: {keys: [{file: ada.pub}]}\n");
        plan();
        approve("ada");
        assertSays(0, "", apply());
        desk.world.database("main", 8, 9);

        desk.write(bare + "backend: {type: file, directory: elsewhere}\npolicy: [kept.json]\n");
        assertSays(0, "this backend has no state of it on record", desk.run("plan"));
        assertTrue(desk.run("plan", "--output", "json").out().contains("\"drift.no-record\""));
        assertSays(5, "review-is-not-loosened", desk.run("apply", "--yes"));
    }

    @Test
    void aStateThatIsDeletedAfterThePlanWasMadeIsFoundByTheRule() throws IOException {
        keepRule();
        String bare = "version: 1\nrelease: shop\nbackend: file\nmemory: {}\n";
        assertSays(0, "", desk.write(bare).run("apply", "--yes"));
        desk.world.database("main", 8, 9);
        desk.write(bare + "policy: [kept.json]\n");
        plan();
        assertFalse(Files.readString(directory.resolve("plan.json")).contains("drift.no-record"));
        delete("state");
        assertSays(5, "review-is-not-loosened", apply());
    }

    @Test
    void aPlanSaysThatApprovalsAndRulesWereTakenOutSinceTheLastRun() throws IOException {
        Path rules = Path.of("..", "..", "examples", "policies");
        Files.copy(rules.resolve("few-workloads-stopped.json"), directory.resolve("few.json"));
        Files.copy(rules.resolve("review-is-not-loosened.json"), directory.resolve("kept.json"));
        String bare = "version: 1\nrelease: shop\nbackend: file\nmemory: {}\n";
        desk.write(bare + "policy: [few.json]\napprovals: {keys: [{file: ada.pub}]}\n");
        plan();
        approve("ada");
        assertSays(0, "", apply());
        desk.world.database("main", 8, 9);

        String said = "a plan needed 1 approval, now it needs none; rule few-workloads-stopped is gone, which denied";
        assertSays(0, "approvals or policy were loosened", desk.write(bare).run("plan"));
        assertTrue(desk.run("plan", "--output", "markdown").out().contains(said));
        assertTrue(desk.run("plan", "--output", "json").out().contains("\"drift.loosened\""));
        plan();
        Forgery.plan(
                directory.resolve("plan.json"),
                document -> document.get("changes").forEach(change -> ((ObjectNode) change).putArray("findings")));
        assertSays(3, "does not say that since run", apply());
        plan();
        Forgery.plan(
                directory.resolve("plan.json"),
                document -> ((ObjectNode) Forgery.change(document, "memory.database/main")
                                .get("findings")
                                .get(0))
                        .put("summary", "all is as before"));
        assertSays(3, "does not say that since run", apply());
        assertSays(
                5,
                "review-is-not-loosened",
                desk.write(bare + "policy: [kept.json]\n").run("apply", "--yes"));
    }

    @Test
    void aRunThatMigratesNothingDoesNotMakeItForgotten() throws IOException {
        String bare = "version: 1\nrelease: shop\nbackend: file\nmemory: {}\n";
        desk.write(bare + "approvals: {keys: [{file: ada.pub}]}\n");
        plan();
        approve("ada");
        desk.world.failAt("main", 7);
        assertEquals(1, apply().code());
        desk.write(bare);
        assertSays(0, "", desk.run("restore", "--yes"));

        assertSays(0, "a plan needed 1 approval, now it needs none", desk.run("plan"));
    }

    /** The whole id; what commands print is masked here. */
    private String storedPlan() throws IOException {
        Path file = directory.resolve("plan.json");
        assertEquals(0, desk.run("plan", "--store", "--out", file.toString()).code());
        return Json.read(Files.readString(file)).get("id").asText();
    }

    @Test
    void theFirstDigitsOfAnIdSignNothing() throws IOException {
        requireApprovals(1);
        String id = storedPlan();
        String key = directory + "/ada.key";

        assertSays(
                64,
                "do not say which plan is signed",
                desk.run("approve", "--plan-id", id.substring(7, 19), "--key", key));
        assertSays(
                64, "do not say which plan is signed", desk.run("approve", id.substring(0, 70), "--yes", "--key", key));
        assertSays(5, "has 0 of the 1 approvals", desk.run("apply", "--plan-id", id));
        assertSays(0, "Signed: sha256:", desk.run("approve", "--plan-id", id, "--key", key));
    }

    @Test
    void onATerminalThePlanIsShownBeforeItIsSigned() throws IOException {
        requireApprovals(1);
        String id = storedPlan();
        desk.onTerminal("no\n");
        Said refused = desk.run("approve", "--plan-id", id.substring(7, 19), "--key", directory + "/ada.key");
        assertSays(5, "the answer was not yes", refused);
        assertTrue(refused.all().contains("memory.database/main"), refused.all());
        assertTrue(refused.all().contains("Sign plan sha256:"), refused.all());
        desk.onTerminal("yes\n");

        assertSays(
                0,
                "is approved",
                desk.run("approve", "--plan-id", id.substring(7, 19), "--key", directory + "/ada.key"));
    }

    @Test
    void aKeyThatIsReplacedAfterwardsMakesThePlanStale() throws IOException {
        requireApprovals(1);
        plan();
        approve("ada");
        Files.copy(directory.resolve("eve.pub"), directory.resolve("ada.pub"), StandardCopyOption.REPLACE_EXISTING);
        assertSays(5, "has 0 of the 1 approvals", apply());
        approve("eve");

        assertSays(3, "approvals.keys was changed", apply());
    }

    @Test
    void lineEndsOfAKeysFileDoNotCount() throws IOException {
        requireApprovals(1);
        plan();
        approve("ada");
        Path key = directory.resolve("ada.pub");
        Files.writeString(key, Files.readString(key).strip().replace("\n", "\r\n"));

        assertSays(0, "", apply());
    }

    @Test
    void aKeyThatDoesNotCountIsRefused() {
        plan();
        assertSays(64, "with none of the keys in approvals.keys: ada (sha256:", approve("eve"));
    }

    @Test
    void anApprovalOfAnotherPlanDoesNotCount() {
        requireApprovals(1);
        plan();
        approve("ada");
        desk.clock = Clock.offset(desk.clock, Duration.ofMinutes(1));
        plan();
        assertSays(5, "has 0 of the 1 approvals", apply());
    }

    @Test
    void aPlanThatApplyMakesIsRefusedAndTheWayToGoIsSaid() {
        assertSays(5, "approve --plan-id", desk.run("apply", "--yes"));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void moreApprovalsThanKeysAreAMistakeInTheConfiguration() {
        requireApprovals(3);
        assertSays(64, "approvals.required is 3", desk.run("validate"));
    }

    @Test
    void noPrivateKeyIsWrittenAnywhere() throws IOException {
        plan();
        approve("ada");
        String secret = Files.readAllLines(directory.resolve("ada.key")).get(1);
        try (Stream<Path> files = Files.walk(directory.resolve(".chartreuse"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains(secret), file.toString());
            }
        }
    }

    @Test
    void anEditedRecordIsNamedAndExportsAreLines() throws IOException {
        desk.configure("");
        assertSays(0, "No run is on record", desk.run("audit", "verify"));
        plan();
        apply();
        assertSays(0, "", desk.run("audit", "list", "--outcome", "succeeded", "--since", "1h"));
        assertSays(0, "No run on record fits", desk.run("audit", "list", "--outcome", "failed"));
        assertSays(64, "not one of", desk.run("audit", "list", "--outcome", "lost"));
        assertSays(64, "is not a time", desk.run("audit", "list", "--since", "noon"));
        Said exported = desk.run("audit", "export");
        assertEquals(1, exported.out().lines().count());
        assertTrue(exported.json().at("/run/evidence").isMissingNode());
        assertEquals("succeeded", exported.json().at("/run/outcome").asText());
        delete("plans");
        assertSays(1, "does not hold", desk.run("audit", "verify"));
    }
}
