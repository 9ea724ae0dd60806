package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records of runs that never began, written by an attacker who may write to the backend: they neither start nor end
 * anything.
 */
final class ForgedRunTest {

    private static final String DATABASE = "memory.database/main";
    private static final String NO_SEVENTH = """
            {"rules": [{"id": "no-seventh", "severity": "deny", "message": "version 7 is not allowed", "each": "migration",
              "schema": {"properties": {"migration": {"not": {"properties": {"version": {"const": "7"}}}}}}}]}
            """;

    @TempDir
    Path directory;

    private Desk desk;
    private Path home;
    private Path plan;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        home = directory.resolve(".chartreuse/shop");
        plan = directory.resolve("plan.json");
    }

    private void planned() {
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
    }

    private void begun(Consumer<ObjectNode> forgery) {
        Forgery.plan(plan, forgery);
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "running", run -> {});
    }

    private static Said says(int code, String text, Said said) {
        assertEquals(code, said.code(), said.all());
        assertTrue(said.all().contains(text), "should say " + text + ": " + said.all());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        return said;
    }

    private void denySeventh() throws IOException {
        Files.writeString(directory.resolve("rules.json"), NO_SEVENTH);
        desk.write("version: 1\nrelease: shop\nbackend: file\npolicy: [rules.json]\nmemory: {}\n");
    }

    @Test
    void aRunThatIsSaidToHaveBegunDoesNotPassARule() throws IOException {
        denySeventh();
        desk.run("plan", "--out", plan.toString());
        begun(document -> {});
        says(5, "version 7 is not allowed", desk.run("apply", plan.toString()));
        says(5, "version 7 is not allowed", desk.run("apply", "--yes"));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aRunThatIsSaidToHaveBegunShowsWhatRuns() {
        planned();
        begun(document -> ((ObjectNode)
                        Forgery.change(document, DATABASE).get("migrations").get(2))
                .put("description", "harmless"));
        says(3, "is pending and not as the plan holds it", desk.run("apply", plan.toString()));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aRunThatIsSaidToHaveBegunStopsWhatHasToStop() {
        planned();
        begun(ForgedRunTest::withoutWeb);
        says(
                3,
                "memory.workload/web has [stop, start] to be done to it, the plan does not know it",
                desk.run("apply", plan.toString()));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void withoutANamedPlanANewOneIsMadeInstead() {
        planned();
        begun(ForgedRunTest::withoutWeb);
        says(0, "", desk.run("apply", "--yes"));
        assertEquals("stop web", desk.world.history().get(0));
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void aRunThatOnlyBringsBackIsNotTakenForThatOfTheRelease() {
        planned();
        begun(document -> {
            ArrayNode changes = document.withArray("changes");
            for (int i = changes.size() - 1; i >= 0; i--) {
                if (!changes.get(i).get("address").asText().equals("memory.workload/web")) {
                    changes.remove(i);
                }
            }
            ObjectNode web = (ObjectNode) changes.get(0);
            web.putArray("actions").add("update");
            web.remove("during");
            document.putArray("recovery");
            ArrayNode stages = document.putArray("stages");
            ObjectNode restore = stages.addObject().put("name", "restore").put("order", 10);
            restore.putArray("steps")
                    .addObject()
                    .put("id", "1")
                    .put("address", "memory.workload/web")
                    .put("to", "after");
            counted(document, 0, 0, 0, 1, 0, 0);
        });
        says(3, DATABASE + " has [migrate] to be done to it", desk.run("apply", plan.toString()));
        says(0, "", desk.run("apply", "--yes"));
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void aRecoveryThatIsSaidToHaveBegunMigratesNoDatabaseThatThePlanCallsAWorkload() {
        planned();
        Forgery.plan(plan, document -> {
            asWorkload(document, DATABASE);
            stage(document.putArray("stages"), "quiesce", "1", "during", DATABASE);
            stage(document.withArray("stages"), "restore", "2", "after", DATABASE);
            stage(document.putArray("recovery"), "restore", "r1", "after", DATABASE);
        });
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "running", run -> {
            ArrayNode entries = run.putArray("entries");
            entry(entries, "run-begun");
            entry(entries, "step-begun").put("step", "1").put("address", DATABASE);
            entry(entries, "recovery-begun").put("outcome", "failed");
        });

        Said said = desk.run("apply", plan.toString());

        assertTrue(said.code() != 0, said.all());
        assertEquals(5, desk.world.revision("main"), said.all());
    }

    @Test
    void aRunThatIsSaidToHaveCommittedWhatIsNotThereMigratesNoDatabaseThatThePlanCallsAWorkload() {
        lostBesideAForgedWorkload();

        Said said = desk.run("apply", plan.toString());

        assertTrue(said.code() != 0, said.all());
        assertEquals(2, desk.world.revision("stock"), said.all());
    }

    @Test
    void suchARunIsNotTakenForThatOfTheRelease() {
        lostBesideAForgedWorkload();

        says(0, "", desk.run("apply", "--yes"));

        assertEquals("stop web", desk.world.history().get(0));
        assertEquals(8, desk.world.revision("main"));
    }

    private void lostBesideAForgedWorkload() {
        String stock = "memory.database/stock";
        desk.world.target("stock", 3);
        planned();
        Forgery.plan(plan, document -> {
            asWorkload(document, stock);
            stage(document.putArray("stages"), "quiesce", "1", "during", stock);
            stage(document.withArray("stages"), "migrate", "2", "after", DATABASE);
            stage(document.withArray("stages"), "restore", "3", "after", stock);
            stage(document.putArray("recovery"), "restore", "r1", "after", stock);
        });
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "running", run -> {
            run.put("formatVersion", "1.6");
            ArrayNode entries = run.putArray("entries");
            entry(entries, "run-begun");
            entry(entries, "step-begun").put("step", "1").put("address", stock);
            entry(entries, "witnessed")
                    .put("step", "2")
                    .put("address", DATABASE)
                    .putArray("migrations")
                    .addObject()
                    .put("script", "V6.sql")
                    .put("outcome", "applied")
                    .put("milliseconds", 5);
        });
    }

    private static void asWorkload(ObjectNode plan, String address) {
        ObjectNode database = Forgery.change(plan, address);
        database.put("role", "quiesce").put("order", 0);
        database.set("during", database.get("before"));
        database.putArray("actions").add("stop").add("start");
        database.remove("migrations");
    }

    private static void stage(ArrayNode stages, String name, String id, String to, String address) {
        stages.addObject()
                .put("name", name)
                .put("order", 0)
                .putArray("steps")
                .addObject()
                .put("id", id)
                .put("address", address)
                .put("to", to);
    }

    private static ObjectNode entry(ArrayNode entries, String event) {
        return entries.addObject()
                .put("sequence", entries.size())
                .put("at", "2026-11-22T06:59:00Z")
                .put("event", event)
                .put("message", "");
    }

    @Test
    void whatTheConfigurationSaysOfFailuresHoldsForRunsThatAreSaidToHaveBegun() {
        planned();
        begun(document -> document.put("onFailure", "restore"));
        says(3, "its onFailure is restore", desk.run("apply", plan.toString()));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aRunThatIsSaidToHaveSucceededIsCarriedOut() {
        planned();
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "succeeded", run -> run.put("endedAt", "2026-11-22T06:59:30Z"));
        says(
                0,
                "says that this plan was carried out, and " + DATABASE + " does not stand where it leads",
                desk.run("apply", plan.toString()));
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void aRunThatIsSaidToHaveSucceededDoesNotPassARule() throws IOException {
        denySeventh();
        desk.run("plan", "--out", plan.toString());
        Forgery.storePlan(home, plan);
        Forgery.storeRun(home, plan, "succeeded", run -> run.put("endedAt", "2026-11-22T06:59:30Z"));
        says(5, "version 7 is not allowed", desk.run("apply", plan.toString()));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aRunThatIsSaidToHaveSucceededIsNotOverWhileWorkloadsAreStopped() {
        desk.world.failAt("main", 7);
        planned();
        says(1, "HELD", desk.run("apply", plan.toString()));
        desk.world.moveTo("main", 8);
        Forgery.storeRun(
                home,
                plan,
                "succeeded",
                run -> run.put("endedAt", "2026-11-22T07:10:00Z")
                        .put("id", "20261122t070900z-abcdef")
                        .put("startedAt", "2026-11-22T07:09:00Z"));
        says(3, "memory.workload/web", desk.run("apply", plan.toString()));
        says(0, "", desk.run("restore", "--yes"));
        assertEquals(3, desk.world.replicas("web"));
    }

    @Test
    void aRefusalSaysWhatStaysStopped() throws IOException {
        desk.world.failAt("main", 7);
        planned();
        says(1, "HELD", desk.run("apply", plan.toString()));
        Path run = home.resolve("runs").toFile().listFiles()[0].toPath();
        Forgery.content(run, document -> {
            document.put("outcome", "interrupted");
            document.put("recovery", "held");
        });
        Forgery.content(home.resolve("plans").toFile().listFiles()[0].toPath(), document -> {});
        desk.world.target("main", 9);
        Said said = says(3, "[apply.left-stopped]", desk.run("apply", plan.toString()));
        assertTrue(said.err().contains("this stays stopped: memory.workload/web, memory.workload/worker"), said.all());
        assertTrue(said.err().contains("`chartreuse restore`"), said.all());
    }

    @Test
    void approvalsAreAskedForOnEachResumption() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                directory.resolve("ada.pub"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\napprovals: {keys: [{file: ada.pub}]}\n");
        planned();
        begun(document -> {});
        Said said = says(5, "has 0 of the 1 approvals", desk.run("apply", plan.toString()));
        assertTrue(said.err().contains("[apply.left-stopped]"), said.all());
        says(5, "has 0 of the 1 approvals", desk.run("apply", "--yes"));
        assertEquals(List.of(), desk.world.history());
    }

    @Test
    void aRecoveryThatIsSaidToHaveBegunMigratesNothing() {
        planned();
        Forgery.storePlan(home, plan);
        Forgery.storeRun(
                home,
                plan,
                "running",
                run -> run.withArray("entries")
                        .addObject()
                        .put("sequence", 2)
                        .put("at", "2026-11-22T06:59:10Z")
                        .put("event", "recovery-begun")
                        .put("outcome", "failed")
                        .put("message", "no database has moved"));
        Said said = desk.run("apply", plan.toString());
        assertEquals(1, said.code(), said.all());
        assertEquals(List.of(), desk.world.history());
    }

    private static void withoutWeb(ObjectNode document) {
        ArrayNode changes = document.withArray("changes");
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).get("role").asText().equals("quiesce")) {
                changes.remove(i);
            }
        }
        document.putArray("recovery");
        ArrayNode stages = document.withArray("stages");
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).has("order")) {
                stages.remove(i);
            }
        }
        ((ObjectNode) stages.get(1).get("steps").get(0)).put("id", "2");
        counted(document, 1, 0, 0, 0, 1, 1);
    }

    private static void counted(
            ObjectNode document, int wait, int stop, int start, int update, int migrate, int unchanged) {
        document.putObject("summary")
                .put("wait", wait)
                .put("stop", stop)
                .put("start", start)
                .put("update", update)
                .put("migrate", migrate)
                .put("unchanged", unchanged);
    }
}
