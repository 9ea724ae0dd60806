package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status --drift} and plans report the drift since the last run. */
final class DriftTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        desk.world
                .make("main", "table public.orders", "sha256:1")
                .make("main", "column public.orders.total", "integer");
    }

    private void somebodyMeddles() {
        desk.world
                .make("main", "table public.hotfix", "sha256:2")
                .make("main", "column public.orders.total", "bigint")
                .drop("main", "table public.orders")
                .make("main", "migration V3.sql", "sha256:3")
                .moveTo("stock", 1)
                .replace("main", "1");
    }

    private static List<String> codes(JsonNode plan) {
        List<String> codes = new ArrayList<>();
        plan.get("changes")
                .forEach(change -> change.get("findings")
                        .forEach(finding -> codes.add(change.get("address").asText() + " "
                                + finding.get("code").asText())));
        return codes;
    }

    @Test
    void whereNoRunHasRecordedAnyNothingIsCompared() {
        Said said = desk.run("status", "--drift");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("No drift; no run has recorded yet how the release stands"), said.all());
        assertEquals(
                List.of("memory.database/main drift.no-record"),
                codes(desk.run("plan", "-o", "json").json()));
    }

    @Test
    void afterARunThereIsNone() {
        desk.run("apply", "--yes");
        Said said = desk.run("status", "--drift");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("No drift since run 20261122t070000z-3fa2c1"), said.all());
        assertFalse(desk.run("status").out().contains("rift"));
    }

    @Test
    void whatSomebodyDidByHandIsToldByName() {
        desk.run("apply", "--yes");
        somebodyMeddles();
        Said said = desk.run("status", "--drift");
        assertEquals(2, said.code(), said.all());
        Golden.assertSame("status-drift", said.all());
    }

    @Test
    void aPlanIsWarnedOfIt() {
        desk.run("apply", "--yes");
        somebodyMeddles();
        desk.world.target("main", 9);
        Said said = desk.run("plan");
        assertEquals(0, said.code(), said.all());
        Golden.assertSame("plan-drift", said.all());
        assertEquals(
                List.of(
                        "memory.database/main drift.added",
                        "memory.database/main drift.removed",
                        "memory.database/main drift.changed",
                        "memory.database/stock drift.moved",
                        "memory.database/stock drift.removed"),
                codes(desk.run("plan", "-o", "json").json()));
        assertEquals(0, desk.run("apply", "--yes").code());
        assertEquals(0, desk.run("status", "--drift").code());
    }

    @Test
    void workloadsThatWereLeftStoppedAreDriftToo() {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes");
        Said said = desk.run("status", "--drift");
        assertEquals(2, said.code(), said.all());
        assertTrue(said.out().contains("memory.workload/web     stopped  replicas  is 0, should be 3"), said.all());
    }

    /**
     * The record after a process was killed behind its last step: no end and no state are recorded, and no person
     * changed anything.
     */
    private void killedBeforeItRecorded() throws IOException {
        desk.run("apply", "--yes");
        Path state = directory.resolve(".chartreuse/shop/state/current.json");
        String before = Files.readString(state);
        desk.world.target("main", 10);
        desk.run("apply", "--yes");
        Files.writeString(state, before);
    }

    @Test
    void whatARunThatRecordedNothingMayHaveDoneIsBlamedOnNobody() throws IOException {
        killedBeforeItRecorded();
        Said said = desk.run("status", "--drift");
        assertEquals(1, said.code(), said.all());
        assertTrue(said.out().contains("Drift is not known since run"), said.all());
        assertTrue(said.out().contains("Set nothing back"), said.all());
        JsonNode drift = desk.run("status", "--drift", "-o", "json").json().get("drift");
        assertFalse(drift.get("known").asBoolean());
        assertEquals("unknown", drift.get("found").get(0).get("kind").asText());
        String metrics = desk.run("status", "-o", "prometheus").out();
        assertTrue(metrics.contains("chartreuse_drift_known{release=\"shop\"} 0"), metrics);
        assertTrue(metrics.contains("chartreuse_drifted_resources{release=\"shop\"} 0"), metrics);

        desk.world.target("main", 11);
        Said plan = desk.run("plan");
        assertFalse(plan.out().contains("by no run"), plan.all());
        assertTrue(plan.out().contains("began to migrate it and recorded nothing afterwards"), plan.all());
        assertEquals(0, desk.run("apply", "--yes").code());
        assertEquals(0, desk.run("status", "--drift").code());
    }

    @Test
    void whereNoRunOfOursLeadsToIsDriftAllTheSame() throws IOException {
        killedBeforeItRecorded();
        desk.world.moveTo("main", 3);
        Said said = desk.run("status", "--drift");
        assertEquals(2, said.code(), said.all());
        assertTrue(said.out().contains("moved"), said.all());
        assertEquals(
                List.of("memory.database/main drift.moved", "memory.database/main drift.unknown"),
                codes(desk.run("plan", "-o", "json").json()));
    }

    @Test
    void whatIsWrongWithAResourceIsNeitherDoneNorWithoutDrift() {
        desk.run("apply", "--yes");
        desk.configure("  behaviour: wrong\n");
        Said said = desk.run("status", "--drift");
        assertEquals(desk.run("plan").code(), said.code(), said.all());
        assertTrue(said.code() != 0, said.all());
        assertTrue(said.out().contains("No drift in what could be compared"), said.all());
        assertTrue(said.out().contains("memory.database/stock has errors"), said.all());
        assertFalse(desk.run("status", "--drift", "-o", "json")
                .json()
                .get("drift")
                .get("known")
                .asBoolean());
        String metrics = desk.run("status", "-o", "prometheus").out();
        assertTrue(
                metrics.contains("chartreuse_errors{release=\"shop\",resource=\"memory.database/stock\"} 1"), metrics);
        assertTrue(metrics.contains("chartreuse_drift_known{release=\"shop\"} 0"), metrics);
    }

    @Test
    void whatCannotBeReadIsAFailureAndNotDrift() {
        desk.run("apply", "--yes");
        desk.world.unreadable(true);
        assertEquals(1, desk.run("status", "--drift").code());
    }

    @Test
    void aStateThatSomebodyEditedIsAFailureForStatusAndKeepsNobodyFromPlanning() throws IOException {
        desk.run("apply", "--yes");
        Path file = directory.resolve(".chartreuse/shop/state/current.json");
        Files.writeString(file, Files.readString(file).replace("integer", "bigint"));
        Said said = desk.run("status", "--drift");
        assertEquals(1, said.code(), said.all());
        assertTrue(said.err().contains("was changed after it was written"), said.all());
        assertEquals(0, desk.run("plan").code());
        assertEquals(1, desk.run("audit", "verify").code());
    }
}
