package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * States that were written by hand, with the right digest. Such a state can make a plan wrong, but no run executes that
 * plan: the run reads the real resources again before it changes anything. And the audit reports that no run recorded
 * the state.
 */
final class ForgedStateTest {

    private static final String DATABASE = "memory.database/main";
    private static final String WEB = "memory.workload/web";

    @TempDir
    Path directory;

    private Desk desk;
    private Path state;
    private Path stored;
    private Path plan;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        state = directory.resolve("state.json");
        plan = directory.resolve("plan.json");
        stored = directory.resolve(".chartreuse/shop/state/current.json");
    }

    private static Said says(int code, String text, Said said) {
        assertEquals(code, said.code(), said.all());
        assertTrue(said.all().contains(text), "should say " + text + ": " + said.all());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        return said;
    }

    /** A plan is made of it, and then refused. */
    private void misleads(String why, Consumer<ObjectNode> forgery) {
        says(0, "", desk.run("state", "--out", state.toString()));
        Forgery.state(state, forgery);
        says(0, "Made from a state file", desk.run("plan", "--state", state.toString(), "--out", plan.toString()));
        refused(why);
    }

    private void refused(String why) {
        String untouched = desk.world.state();
        List<String> done = desk.world.history();
        says(3, why, desk.run("apply", plan.toString()));
        assertEquals(untouched, desk.world.state());
        assertEquals(done, desk.world.history());
    }

    private static void revision(ObjectNode state, String revision) {
        ObjectNode database = Forgery.resource(state, DATABASE);
        database.putObject("observed").put("revision", revision);
        database.withObject("/fingerprint").put("revision", revision);
    }

    @Test
    void aStateThatSaysThatNothingIsPendingDoesNotMakeAnybodyBelieveIt() {
        misleads("revision was 8, is 5", state -> revision(state, "8"));
    }

    @Test
    void norOneThatLeavesMigrationsOutOrAsksForMore() {
        misleads("revision was 7, is 5", state -> revision(state, "7"));
        misleads("revision was 2, is 5", state -> revision(state, "2"));
    }

    @Test
    void norOneWhoseFingerprintsAreRight() {
        desk.configure("  behaviour: warning\n"); // of such a provider all is taken as it is recorded
        misleads("has [migrate] to be done to it, the plan says []", state -> {
            ObjectNode database = Forgery.resource(state, DATABASE);
            database.set("desired", database.get("observed").deepCopy());
            database.putArray("migrations");
        });
    }

    @Test
    void anotherDatabaseIsNotMigratedInItsPlace() {
        misleads(
                "system was 2, is 1",
                state -> Forgery.resource(state, DATABASE)
                        .withObject("/identity")
                        .put("system", "2"));
    }

    @Test
    void aWorkloadIsNotLeftRunning() {
        misleads(WEB + " appeared since the plan was made", state -> {
            ArrayNode resources = state.withArray("resources");
            for (int i = resources.size() - 1; i >= 0; i--) {
                if (resources.get(i).get("address").asText().equals(WEB)) {
                    resources.remove(i);
                }
            }
        });
        misleads(
                WEB + " has [stop, start] to be done to it, the plan says []",
                state -> Forgery.resource(state, WEB).putObject("maintenance").put("replicas", 3));
    }

    @Test
    void workloadsOfAnotherClusterAreNotTaken() {
        misleads(
                WEB + " uid was 9, is 1",
                state -> Forgery.resource(state, WEB).withObject("/identity").put("uid", "9"));
    }

    @Test
    void aPlanThatDoesNothingIsStaleWhereSomethingIsPendingNow() {
        desk.world.target("main", 5);
        says(0, "", desk.run("plan", "--out", plan.toString()));
        says(0, "", desk.run("apply", plan.toString()));
        desk.world.target("main", 8);
        refused("has [migrate] to be done to it, the plan says []");
        desk.world.target("main", 5).moveTo("main", 4);
        refused("revision was 5, is 4");
    }

    private void recorded() {
        says(0, "", desk.run("apply", "--yes"));
        desk.world.target("main", 9);
    }

    @Test
    void whatIsStoredAndWasEditedIsNotUsedAndIsNamed() {
        recorded();
        Forgery.content(stored, state -> revision(state, "9"));
        says(1, "[state.broken]", desk.run("plan", "--recorded"));
        says(1, "[state.broken]", desk.run("state", "--recorded"));
        says(1, "the state on record was changed after it was written", desk.run("status", "--drift"));
        says(1, "the state on record was changed after it was written", desk.run("audit", "verify"));
        says(0, "", desk.run("plan"));
        says(0, "", desk.run("apply", "--yes"));
        says(0, "", desk.run("audit", "verify"));
    }

    @Test
    void whatIsStoredAndWasGivenItsDigestLeadsAPlanAstrayAndNoRun() {
        recorded();
        Forgery.content(stored, Forgery.sealed(state -> revision(state, "9")));
        says(0, "Made from the state", desk.run("plan", "--recorded", "--out", plan.toString()));
        refused("revision was 9, is 8");
        says(1, "[audit.state-broken]", desk.run("audit", "verify"));
        says(2, "revision", desk.run("status", "--drift"));
    }

    @Test
    void anOlderStateIsNamed() throws IOException {
        recorded();
        String older = Files.readString(stored);
        desk.clock = Clock.offset(desk.clock, Duration.ofMinutes(1));
        recorded();
        Files.writeString(stored, older);
        says(1, "has recorded one since", desk.run("audit", "verify"));
        says(1, "unknown", desk.run("status", "--drift")); // a run came after the state, which may be its work
        says(0, "", desk.run("plan", "--recorded", "--out", plan.toString()));
        refused("revision was 8, is 9");
    }

    @Test
    void aStateThatIsGoneIsNamed() throws IOException {
        recorded();
        Files.delete(stored);
        says(1, "is not there", desk.run("audit", "verify"));
        says(1, "[state.none]", desk.run("plan", "--recorded"));
        says(0, "No drift; no run has recorded", desk.run("status", "--drift"));
    }

    @Test
    void aStateOfAnotherReleaseIsNotTaken() throws IOException {
        recorded();
        Forgery.content(
                stored, Forgery.sealed(state -> state.withObject("/release").put("name", "other")));
        says(1, "is of release other, not of shop", desk.run("plan", "--recorded"));
        says(1, "is of release other, not of shop", desk.run("audit", "verify"));
    }

    @Test
    void whatIsStoredInItsPlaceIsToldAndKeepsNobodyFromWorking() throws IOException {
        recorded();
        for (String garbage : List.of("{", "[]", "{\"id\": \"current\"}", "{\"id\": 7}")) {
            Files.writeString(stored, garbage);
            says(1, "is not an artifact of Chartreuse", desk.run("plan", "--recorded"));
            says(1, "is not an artifact of Chartreuse", desk.run("status", "--drift"));
            says(1, "is not an artifact of Chartreuse", desk.run("audit", "verify"));
            says(0, "", desk.run("plan"));
        }
        try (RandomAccessFile file = new RandomAccessFile(stored.toFile(), "rw")) {
            file.setLength(100 * 1024 * 1024);
        }
        says(64, "cannot be read: it is larger than 64 MiB", desk.run("plan", "--recorded"));
        says(0, "is not recorded", desk.run("apply", "--yes"));
        assertEquals(9, desk.world.revision("main"));
    }

    @Test
    void wordsThatSteerATerminalAreShownInsteadOfObeyed() {
        desk.world.make("main", "table public.x\u001b[8m\u202e\r\n  approved by ada", "sha256:1");
        recorded();
        desk.onTerminal("");
        Forgery.content(
                stored,
                Forgery.sealed(state -> Forgery.resource(state, DATABASE)
                        .withObject("/parts")
                        .put("table public.y\u001b]0;title\u0007\n  approved by ada", "gone")));
        for (String[] words : new String[][] {{"status", "--drift"}, {"state"}, {"state", "--recorded"}, {"plan"}}) {
            Said said = desk.run(words);
            assertFalse(said.all().matches("(?s).*(\u001b(\\[8m|])|\u0007|\u202e).*"), said.all());
            assertFalse(said.all().lines().anyMatch(line -> line.strip().startsWith("approved")), said.all());
        }
    }
}
