package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.run.RunDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are signed by the key of the person who executes them, and exported as they happen. */
final class SignedRunTest {

    private static final String UNSIGNED = "version: 1\nrelease: shop\nbackend: file\nmemory: {}\n";

    @TempDir
    Path directory;

    private Desk desk;
    private Path home;
    private int target = 8;

    @BeforeEach
    void sitDown() throws IOException, GeneralSecurityException {
        desk = Desk.usual(directory);
        home = directory.resolve(".chartreuse/shop");
        keys("runner");
        signing("");
    }

    private void signing(String more) {
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\naudit:\n"
                + "  signing: {key: {file: runner.key}, keys: [{file: runner.pub}]}\n" + more);
    }

    private void keys(String name) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        pem(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private void pem(String file, String label, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(content) + "\n-----END " + label
                        + "-----\n");
    }

    private void apply() {
        desk.world.target("main", ++target);
        says(0, "", desk.run("apply", "--yes"));
        desk.clock = Clock.offset(desk.clock, Duration.ofMinutes(1));
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("runs"))) {
            return files.sorted().toList();
        }
    }

    private static Said says(int code, String text, Said said) {
        assertEquals(code, said.code(), said.all());
        assertTrue(said.all().contains(text), "should say " + text + ": " + said.all());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        return said;
    }

    @Test
    void runsAreSignedAndFormAChain() {
        apply();
        apply();
        says(0, "2 runs form one chain", desk.run("audit", "verify"));
    }

    @Test
    void runsFromBeforeSigningBeganStandBeforeIt() {
        desk.configure("");
        apply();
        signing("");
        says(1, "no run on record is signed", desk.run("audit", "verify"));
        apply();
        says(0, "2 runs form one chain", desk.run("audit", "verify"));
    }

    @Test
    void theNewestRunIsNotEditedUnseen() throws IOException {
        apply();
        apply();
        Forgery.content(runs().get(1), run -> run.put("outcome", "failed"));
        says(1, "[audit.signature-missing]", desk.run("audit", "verify"));
    }

    @Test
    void anotherKeyCountsForNothing() throws IOException, GeneralSecurityException {
        apply();
        keys("runner");
        says(1, "no run on record is signed by a key", desk.run("audit", "verify"));
    }

    @Test
    void retentionSignsWhatItNotes() {
        apply();
        apply();
        apply();
        signing("retention: {runs: 2}\n");
        says(0, "1 run,", desk.run("audit", "prune"));
        says(0, "2 runs form one chain", desk.run("audit", "verify"));
        apply();
        says(0, "2 runs form one chain", desk.run("audit", "verify"));
    }

    @Test
    void aRecordThatNobodySignedIsBelievedForNothing() {
        Path plan = directory.resolve("plan.json");
        says(0, "", desk.run("plan", "--out", plan.toString()));
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "interrupted", run -> run.put("endedAt", "2026-11-22T06:59:30Z"));
        Said said = says(0, "", desk.run("apply", plan.toString()));
        assertFalse(said.all().contains("goes on with plan"), said.all());
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void aRunThatFailedIsNotSaidToHaveFailedBySomebodyElse() {
        Path plan = directory.resolve("plan.json");
        says(0, "", desk.run("plan", "--out", plan.toString()));
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "failed", run -> run.put("endedAt", "2026-11-22T06:59:30Z"));
        says(0, "", desk.run("apply", plan.toString()));
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void withoutItsKeyARunDoesNotBegin() throws IOException {
        Files.delete(directory.resolve("runner.key"));
        Said said = desk.run("apply", "--yes");
        assertEquals(1, said.code(), said.all());
        assertTrue(said.err().contains("runner.key"), said.all());
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void runsAreHandedOnToAFileThatTheRecordIsComparedWith() throws IOException {
        signing("  sink: {file: exported.jsonl}\n");
        Path exported = directory.resolve("exported.jsonl");
        apply();
        apply();
        assertEquals(4, Files.readAllLines(exported).size(), "a line when each begins, one when it ends");
        says(0, "2 runs form one chain", desk.run("audit", "verify", "--against", exported.toString()));
        Files.delete(runs().get(1));
        says(1, "was exported and is not on record", desk.run("audit", "verify", "--against", exported.toString()));
        desk.configure("");
        Forgery.content(runs().get(0), run -> run.put("outcome", "failed"));
        Files.writeString(exported, Files.readAllLines(exported).get(1));
        says(1, "is not what was exported", desk.run("audit", "verify", "--against", exported.toString()));
        Files.writeString(exported, "no run\n");
        says(
                64,
                "it is not a run as audit export writes it",
                desk.run("audit", "verify", "--against", exported.toString()));
    }

    @Test
    void whatRetentionRemovedIsNotMissedInWhatWasExported() {
        signing("  sink: {file: exported.jsonl}\nretention: {runs: 1}\n");
        apply();
        apply();
        apply();
        verifiedAgainstTheFile(0, "which retention removed");
    }

    @Test
    void aForgedRunThatNamesAnInventedOneDoesNotReplaceTheRecord() throws IOException {
        desk.write(UNSIGNED + "audit: {sink: {file: exported.jsonl}}\n");
        apply();
        apply();
        Files.delete(runs().get(0));
        Forgery.content(runs().get(0), run -> {
            ObjectNode gone =
                    Json.object().put("run", "20240229t120000z-0ddba1").put("digest", "sha256:" + "12".repeat(32));
            run.set("previous", gone);
            run.withArray("removals")
                    .add(gone.deepCopy().put("at", run.get("endedAt").asText()).put("by", "root@localhost"));
        });
        verifiedAgainstTheFile(1, "was exported and is not on record, and retention would have kept it");
    }

    @Test
    void theSignedRecordOfAnotherReleaseIsNotThisOnes() throws IOException {
        String shop = Files.readString(directory.resolve("chartreuse.yaml"));
        desk.write(shop.replace("release: shop", "release: till"));
        apply();
        apply();
        desk.write(shop);
        Files.move(directory.resolve(".chartreuse/till"), home);
        Said said = says(1, "[audit.foreign-run]", desk.run("audit", "verify"));
        assertTrue(said.all().contains("is on record of release shop, and is a run of release till"), said.all());
    }

    @Test
    void aRunOfAnotherReleaseIsNotGoneOnWith() throws IOException {
        Path plan = directory.resolve("plan.json");
        desk.configure("");
        says(0, "", desk.run("plan", "--out", plan.toString()));
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "interrupted", run -> {
            run.put("endedAt", "2026-11-22T06:59:30Z");
            run.putObject("release").put("name", "till");
        });
        Said said = says(0, "", desk.run("apply", plan.toString()));
        assertFalse(said.all().contains("goes on with"), said.all());
        assertEquals(2, runs().size(), "the run that it was is another one");
    }

    @Test
    void aPlanSaysThatLessIsAskedOfTheRecord() throws IOException {
        signing("  sink: {file: exported.jsonl}\n");
        apply();
        desk.world.target("main", ++target);
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\nretention: {runs: 1}\n");
        Said said = says(0, "retention kept 100 runs, now it keeps 1", desk.run("plan", "--output", "markdown"));
        assertTrue(said.all().contains("runs were signed (audit.signing), now they are not"), said.all());
        assertTrue(said.all().contains("runs were exported (audit.sink), now they are not"), said.all());
    }

    @Test
    void aRecordThatIsGoneLeavesAStateThatNamesIt() throws IOException {
        apply();
        Files.delete(runs().get(0));
        says(1, "[audit.state-broken]", desk.run("audit", "verify"));
    }

    @Test
    void runsAreHandedOnToAWebhookThatProvesWhoSends() throws IOException {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/runs", exchange -> {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(token + " " + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            desk.environment.put("AUDIT_TOKEN", "tok-4711-abcdef");
            signing("  sink: {webhook: {url: \"http://127.0.0.1:"
                    + server.getAddress().getPort() + "/runs\", token: {env: AUDIT_TOKEN}}}\n");
            apply();
        } finally {
            server.stop(0);
        }
        assertEquals(2, received.size(), received.toString());
        assertTrue(received.get(1).startsWith("Bearer tok-4711-abcdef {\"digest\":\"sha256:"), received.get(1));
        assertTrue(received.get(1).contains("\"outcome\":\"succeeded\""), received.get(1));
    }

    /** A webhook that answers with these, one after another, and with the last from then on. */
    private static HttpServer webhook(Integer... answers) throws IOException {
        Deque<Integer> left = new ArrayDeque<>(List.of(answers));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(left.size() > 1 ? left.pop() : left.peek(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String sinks(HttpServer webhook) {
        return "sink: {file: exported.jsonl, webhook: {url: \"http://127.0.0.1:"
                + webhook.getAddress().getPort() + "/T0k3nOfThePath\"}}\n";
    }

    private Said verifiedAgainstTheFile(int code, String text) {
        return says(
                code,
                text,
                desk.run(
                        "audit",
                        "verify",
                        "--against",
                        directory.resolve("exported.jsonl").toString()));
    }

    @Test
    void aRunSaysThatAReceiverRefusedItsEnd() throws IOException {
        HttpServer server = webhook(204, 302);
        try {
            signing("  " + sinks(server));
            Said said = says(0, "to audit.sink.webhook failed", desk.run("apply", "--yes"));
            assertTrue(said.all().contains("the webhook answered 302"), said.all());
        } finally {
            server.stop(0);
        }
        assertEquals(8, desk.world.revision("main"));
        String failure = "to audit.sink.webhook failed when the run ended: the webhook answered 302";
        says(0, failure, desk.run("audit", "show", "latest"));
        Said verified = verifiedAgainstTheFile(0, failure);
        assertTrue(verified.err().contains("warning: the export of run "), verified.all());
        Said json = says(0, "exportFailures", desk.run("audit", "verify", "--output", "json"));
        assertEquals(
                "audit.sink.webhook",
                Json.read(json.out()).at("/exportFailures/0/sink").asText());
        desk.clock = Clock.offset(desk.clock, Duration.ofMinutes(1));
        signing("");
        apply();
        says(0, "2 runs form one chain", desk.run("audit", "verify"));
    }

    @Test
    void aRunSaysAtItsEndThatAReceiverRefusedItsBeginning() throws IOException {
        HttpServer server = webhook(500, 204);
        try {
            signing("  " + sinks(server));
            says(0, "", desk.run("apply", "--yes"));
        } finally {
            server.stop(0);
        }
        Said verified = verifiedAgainstTheFile(0, "when the run began or went on: the webhook answered 500");
        assertFalse(verified.all().contains("when the run ended"), verified.all());
    }

    @Test
    void aRunThatWasNeverExportedIsExplainedByItsSignedRecordAlone() throws IOException {
        Path exported = directory.resolve("exported.jsonl");
        signing("  sink: {file: exported.jsonl}\n");
        apply();
        signing("  sink: {file: gone/exported.jsonl}\n");
        says(0, "to audit.sink.file failed", desk.run("audit", "show", applied()));
        verifiedAgainstTheFile(0, "to audit.sink.file failed when the run began or went on: NoSuchFileException");

        desk.write(UNSIGNED + "audit: {sink: {file: gone/exported.jsonl}}\n");
        Said said = verifiedAgainstTheFile(1, "is on record and was not exported, as audit.sink exports each run");
        assertTrue(said.all().contains("which its signature does not prove"), said.all());
        Files.writeString(exported, Files.readString(exported) + exportedLine(runs().get(1)));
        verifiedAgainstTheFile(0, "2 runs form one chain");
    }

    /** As audit export prints it. */
    private static String exportedLine(Path stored) throws IOException {
        String run = Json.read(Files.readString(stored)).path("content").asText();
        return "{\"digest\":\"" + RunDocument.digest(run, "the run") + "\",\"run\":" + run + "}\n";
    }

    /** The id of the run that was just made. */
    private String applied() {
        apply();
        return "latest";
    }

    @Test
    void aFailureThatIsTakenOffTheRecordIsSeenByTheNextRun() throws IOException {
        desk.write(UNSIGNED + "audit: {sink: {file: gone/exported.jsonl}}\n");
        apply();
        apply();
        says(0, "2 runs form one chain", desk.run("audit", "verify"));
        Forgery.content(runs().get(0), run -> run.remove("exportFailures"));
        says(1, "[audit.chain-broken]", desk.run("audit", "verify"));
    }

    @Test
    void aTokenThatCannotBeSentIsNotQuoted() throws IOException {
        HttpServer server = webhook(204);
        try {
            desk.environment.put("AUDIT_TOKEN", "tok-4711\u0001abcdef");
            signing("  sink: {webhook: {url: \"http://127.0.0.1:"
                    + server.getAddress().getPort() + "/T0k3nOfThePath\", token: {env: AUDIT_TOKEN}}}\n");
            Said said = says(0, "to audit.sink.webhook failed", desk.run("apply", "--yes"));
            assertFalse(said.all().contains("tok-4711") || said.all().contains("T0k3n"), said.all());
            String record = Files.readString(runs().get(0));
            assertFalse(record.contains("tok-4711") || record.contains("T0k3n"), record);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aWebhookThatIsGoneIsNamedByItsSettingAlone() throws IOException {
        HttpServer server = webhook(204);
        String sinks = sinks(server);
        server.stop(0);
        signing("  " + sinks);
        Said said = says(0, "to audit.sink.webhook failed when the run ended", desk.run("apply", "--yes"));
        assertFalse(said.all().contains("T0k3n"), said.all());
        assertFalse(Files.readString(runs().get(0)).contains("T0k3n"));
    }
}
