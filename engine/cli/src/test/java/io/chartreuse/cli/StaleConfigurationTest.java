package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.PlanDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is stale for the configuration says for which setting. */
final class StaleConfigurationTest {

    @TempDir
    Path directory;

    private Desk desk;
    private Path plan;

    @BeforeEach
    void makePlan() {
        desk = Desk.usual(directory);
        plan = directory.resolve("plan.json");
        desk.run("plan", "--out", plan.toString());
    }

    private static void assertStale(Said said, String why) {
        assertEquals(3, said.code(), said.all());
        assertTrue(said.err().contains("the configuration changed since it was made" + why + "\n"), said.all());
        assertTrue(said.err().contains("[apply.stale]"), said.all());
    }

    @Test
    void theSettingThatChangedIsNamed() throws IOException {
        Files.writeString(desk.config, Files.readString(desk.config) + "onFailure: restore\n");
        assertStale(desk.run("apply", plan.toString()), ": onFailure was added");
    }

    @Test
    void aSettingOfAProviderIsNamedWithItsSection() {
        desk.configure("  password: {env: PG_PASSWORD}\n");
        desk.environment.put("PG_PASSWORD", "correct-horse");
        assertStale(desk.run("apply", plan.toString()), ": memory.password was added");
    }

    @Test
    void aPlanWithoutDigestsOfSettingsIsStaleAllTheSame() throws IOException {
        ObjectNode old = (ObjectNode) Json.read(Files.readString(plan));
        old.remove("settings");
        old.put("formatVersion", "1.2").put("id", PlanDocument.digest(old));
        Files.writeString(plan, old.toString());
        Files.writeString(desk.config, Files.readString(desk.config) + "onFailure: restore\n");

        assertStale(desk.run("apply", plan.toString()), "");
    }
}
