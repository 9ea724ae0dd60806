package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that were written by hand, with the right id: nothing is changed, and the error says why. */
final class ForgedPlanTest {

    private static final String DATABASE = "memory.database/main";
    private static final String WEB = "memory.workload/web";

    @TempDir
    Path directory;

    private Desk desk;
    private Path plan;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        plan = directory.resolve("plan.json");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
    }

    private void refused(int code, String why, Consumer<ObjectNode> forgery) {
        String untouched = desk.world.state();
        Forgery.plan(plan, forgery);
        Said said = desk.run("apply", plan.toString());
        assertEquals(code, said.code(), said.all());
        assertTrue(said.err().contains(why), "should say " + why + ": " + said.all());
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
        assertEquals(untouched, desk.world.state());
        assertFalse(Files.exists(directory.resolve(".chartreuse/shop/runs")), "a run is on record");
        assertFalse(Files.exists(directory.resolve(".chartreuse/shop/plans")), "the plan was stored");
    }

    private static ArrayNode stages(ObjectNode plan) {
        return plan.withArray("stages");
    }

    @Test
    void theIdAloneProvesNothing() {
        Forgery.plan(plan, document -> document.put("onFailure", "restore"));
        assertEquals(0, desk.run("show", plan.toString()).code());
    }

    @Test
    void aDatabaseIsNotMigratedBeforeWorkloadsAreStopped() {
        refused(64, "its stages are not those", document -> {
            ArrayNode stages = stages(document);
            stages.insert(0, stages.remove(3));
        });
    }

    @Test
    void aStopIsNotLeftOutOfTheStages() {
        refused(64, "its stages are not those", document -> stages(document).remove(1));
    }

    @Test
    void aStopIsNotLeftOutAltogether() {
        refused(3, WEB + " has [stop, start] to be done to it, the plan says []", document -> {
            ObjectNode web = Forgery.change(document, WEB);
            web.putArray("actions");
            web.remove("during");
            dropSteps(document, WEB);
            recount(document, "stop", -1);
            recount(document, "start", -1);
            recount(document, "unchanged", 1);
        });
    }

    @Test
    void aWorkloadIsNotLeftOut() {
        refused(3, WEB + " appeared since the plan was made", document -> {
            ArrayNode changes = document.withArray("changes");
            for (int i = changes.size() - 1; i >= 0; i--) {
                if (changes.get(i).get("address").asText().equals(WEB)) {
                    changes.remove(i);
                }
            }
            dropSteps(document, WEB);
            recount(document, "stop", -1);
            recount(document, "start", -1);
        });
    }

    @Test
    void noStepIsHiddenInAStageThatAsksForNoApproval() {
        refused(64, "leads " + DATABASE + ", whose role is migrate", document -> {
            for (JsonNode stage : stages(document)) {
                if (stage.get("name").asText().equals("migrate")) {
                    ((ObjectNode) stage).put("name", "restore");
                }
            }
        });
    }

    @Test
    void stepsNameWhatThePlanHolds() {
        refused(
                64,
                "names memory.database/other, of which it holds no change",
                document -> ((ObjectNode) stages(document).get(0).get("steps").get(0))
                        .put("address", "memory.database/other"));
    }

    @Test
    void stepsHaveAnIdEach() {
        refused(
                64,
                "has the id of another step",
                document -> ((ObjectNode) stages(document).get(1).get("steps").get(0)).put("id", "1"));
    }

    @Test
    void aRecoveryStopsNothing() {
        refused(
                64,
                "its recovery has a stage quiesce",
                document -> document.withArray("recovery")
                        .add(stages(document).get(1).deepCopy()));
    }

    @Test
    void aRecoveryIsNotLeftOut() {
        refused(64, "its recovery is not the one", document -> document.putArray("recovery"));
    }

    @Test
    void aPlanThatSeemsEmptyIsRefusedToo() {
        refused(64, "its stages are not those", document -> {
            document.putArray("stages");
            document.putArray("recovery");
        });
    }

    @Test
    void theSummaryCountsWhatThereIs() {
        refused(64, "does not count 1 × migrate", document -> recount(document, "migrate", -1));
    }

    @Test
    void aDiffLeadsFromBeforeToAfter() {
        refused(
                64,
                DATABASE + " has a diff",
                document -> Forgery.change(document, DATABASE).putArray("diff"));
    }

    @Test
    void pendingMigrationsAreNotKeptFromTheReviewer() {
        refused(
                3,
                "has other pending migrations than the plan lists",
                document -> Forgery.change(document, DATABASE)
                        .withArray("migrations")
                        .remove(2));
    }

    @Test
    void otherTargetsThanTheConfigurationHasAreRefused() {
        refused(3, "goes from {\"revision\":\"5\"} to {\"revision\":\"8\"}", document -> {
            ObjectNode database = Forgery.change(document, DATABASE);
            database.putObject("after").put("revision", "9");
            ((ObjectNode) database.get("diff").get(0)).put("value", "9");
        });
    }

    @Test
    void workloadsBecomeNothingElse() {
        refused(
                3,
                WEB + " is to become something else",
                document -> Forgery.change(document, WEB).putObject("during").put("replicas", 1));
    }

    @Test
    void theProvidersAreThoseOfTheConfiguration() {
        refused(
                3,
                "\"other\", which the configuration does not have",
                document -> document.putArray("providers").add("memory").add("other"));
    }

    @Test
    void theProvidersAreNotFewer() {
        refused(64, "is of none of its providers", document -> document.putArray("providers"));
    }

    @Test
    void anotherStrategyDoesNotKeepWorkloadsDown() {
        refused(3, WEB + " has [stop, start] to be done to it", document -> {
            Forgery.change(document, WEB).putArray("actions").add("stop");
            Forgery.change(document, "memory.workload/worker")
                    .putArray("actions")
                    .add("stop");
            ArrayNode stages = stages(document);
            while (stages.get(stages.size() - 1).get("name").asText().equals("restore")) {
                stages.remove(stages.size() - 1);
            }
            document.withObject("/summary").put("start", 0);
        });
    }

    @Test
    void whatBecomesOfWorkloadsIsForTheConfigurationToSay() {
        refused(
                3,
                "its onFailure is restore, the configuration's is hold",
                document -> document.put("onFailure", "restore"));
    }

    @Test
    void theStrategyIsThatOfTheConfiguration() {
        refused(
                3,
                "its strategy is before, the configuration's is after",
                document -> document.put("strategy", "before"));
    }

    @Test
    void aPlanGivesNoOtherReason() {
        refused(
                3,
                DATABASE
                        + " is planned because it \"3 migrations are pending\", the plan says that it \"one comment changes\"",
                document -> Forgery.change(document, DATABASE).put("reason", "one comment changes"));
    }

    @Test
    void aPlanGivesNoOtherReasonForADatabaseThatIsLeftAloneEither() {
        refused(
                3,
                "memory.database/stock is planned because",
                document -> Forgery.change(document, "memory.database/stock").put("reason", "is retired"));
    }

    @Test
    void migrationsHaveNoOtherTitles() {
        refused(
                3,
                "has other pending migrations than the plan lists",
                document -> ((ObjectNode) Forgery.change(document, DATABASE)
                                .get("migrations")
                                .get(1))
                        .put("description", "add a comment"));
    }

    @Test
    void migrationsThatLeaveSomethingBehindAreNotSaidToLeaveNothing() {
        refused(
                3,
                "has other pending migrations than the plan lists",
                document -> ((ObjectNode) Forgery.change(document, DATABASE)
                                .get("migrations")
                                .get(0))
                        .put("transactional", false));
    }

    @Test
    void migrationsHaveNoOtherNotes() {
        refused(
                3,
                "has another note on V6.sql",
                document -> ((ObjectNode) Forgery.change(document, DATABASE)
                                .get("migrations")
                                .get(0))
                        .put("note", "was reviewed by the security team"));
    }

    @Test
    void sqlIsNotShownOfAMigrationWhoseSqlIsNotKnown() {
        refused(
                3,
                "executes other SQL for V6.sql than the plan shows",
                document -> ((ObjectNode) Forgery.change(document, DATABASE)
                                .get("migrations")
                                .get(0))
                        .put("sql", "COMMENT ON TABLE harmless IS 'nothing else'"));
    }

    @Test
    void warningsAreNotTakenOut() {
        desk.configure("  behaviour: warning\n");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
        refused(
                3,
                "has a warning that the plan does not show: the disk is nearly full",
                document -> Forgery.change(document, DATABASE).putArray("findings"));
    }

    @Test
    void warningsAreNotReworded() {
        desk.configure("  behaviour: warning\n");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
        refused(
                3,
                "the disk is nearly full",
                document -> ((ObjectNode) Forgery.change(document, DATABASE)
                                .get("findings")
                                .get(0))
                        .put("summary", "all is well"));
    }

    @Test
    void aMigrationIsNotLeftOutOfAPlanThatOnlyBringsBack() {
        desk.world.failAt("main", 7);
        assertEquals(1, desk.run("apply", "--yes").code());
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
        Forgery.plan(plan, document -> {
            ObjectNode main = Forgery.change(document, DATABASE);
            main.putArray("actions");
            main.set("after", main.get("before"));
            main.putArray("diff");
            main.remove("migrations");
            for (String workload : List.of(WEB, "memory.workload/worker")) {
                ObjectNode change = Forgery.change(document, workload);
                change.putArray("actions").add("start");
                change.remove("during");
            }
            ObjectNode gate = Forgery.change(document, "memory.gate/gate");
            gate.putArray("actions");
            document.putArray("recovery");
            ArrayNode stages = stages(document);
            while (!stages.get(0).get("name").asText().equals("restore")) {
                stages.remove(0);
            }
            int number = 0;
            for (JsonNode stage : stages) {
                for (JsonNode step : stage.get("steps")) {
                    ((ObjectNode) step).put("id", String.valueOf(++number));
                }
            }
            document.putObject("summary")
                    .put("wait", 0)
                    .put("stop", 0)
                    .put("start", 2)
                    .put("update", 0)
                    .put("migrate", 0)
                    .put("unchanged", 3);
        });
        Said said = desk.run("apply", plan.toString());
        assertEquals(3, said.code(), said.all());
        assertTrue(said.err().contains(DATABASE + " has [migrate] to be done to it, the plan says []"), said.all());
    }

    @Test
    void aPlanIsNotMadeInTheTimeToCome() {
        refused(3, "which is to come", document -> document.put("createdAt", "2026-11-22T07:06:00Z"));
    }

    @Test
    void aClockThatIsAFewMinutesFastDoesNoHarm() {
        Forgery.plan(plan, document -> document.put("createdAt", "2026-11-22T07:04:00Z"));
        assertEquals(0, desk.run("apply", plan.toString()).code());
    }

    @Test
    void aPlanIsNoOlderThanPlansAreKept() {
        refused(
                3,
                "it was made at 2026-10-20T07:00:00Z, and plans that no run executed are kept for 720 h",
                document -> document.put("createdAt", "2026-10-20T07:00:00Z"));
    }

    @Test
    void wordsThatSteerATerminalAreShownInsteadOfObeyed() {
        Forgery.plan(
                plan,
                document -> Forgery.change(document, DATABASE)
                        .put("reason", "harmless\u001b[8m\u001b]0;title\u0007\u202e\r\n  approved by ada"));
        desk.onTerminal("");
        Said said = desk.run("show", plan.toString());
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("\\u001b[8m\\u001b]0;title\\u0007\\u202e"), said.all());
        assertFalse(said.out().lines().anyMatch(line -> line.strip().startsWith("approved")), said.all());
    }

    @Test
    void aForgedPlanIsNotApprovedEither() throws IOException {
        Forgery.plan(plan, document -> stages(document).remove(1));
        Files.writeString(directory.resolve("signature"), "AAAA");
        Said said = desk.run("approve", plan.toString(), "--signature", directory + "/signature");
        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("[plan.inconsistent]"), said.all());
    }

    private static void recount(ObjectNode plan, String what, int more) {
        ObjectNode summary = plan.withObject("/summary");
        summary.put(what, summary.get(what).asInt() + more);
    }

    /** Takes the steps of a resource away, and stages that are empty then; numbers the others as the planner does. */
    private static void dropSteps(ObjectNode plan, String address) {
        for (String part : List.of("stages", "recovery")) {
            ArrayNode kept = plan.arrayNode();
            int number = 0;
            for (JsonNode stage : plan.withArray(part)) {
                ArrayNode steps = Json.array(List.of());
                for (JsonNode step : stage.get("steps")) {
                    if (!step.get("address").asText().equals(address)) {
                        String id = (part.equals("recovery") ? "r" : "") + ++number;
                        steps.add(((ObjectNode) step.deepCopy()).put("id", id));
                    }
                }
                if (!steps.isEmpty()) {
                    kept.add(((ObjectNode) stage.deepCopy()).set("steps", steps));
                }
            }
            plan.set(part, kept);
        }
    }
}
