package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans, approvals, runs and states in each format that was ever written are read to the letter. */
final class StoredReleaseTest {

    @TempDir
    Path directory;

    static List<String> releases() {
        return StoredRelease.with("artifacts");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void runsFormTheChainThatTheyFormed(String name) throws IOException {
        StoredRelease release = StoredRelease.copy(name, directory);
        int runs = release.documents("runs").size();
        Said said = release.run("audit", "verify");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.all().contains(runs == 1 ? "1 run " : runs + " runs form one chain"), said.all());
    }

    @ParameterizedTest
    @MethodSource("releases")
    void runsAreShownAsTheyWereStored(String name) throws IOException {
        StoredRelease release = StoredRelease.copy(name, directory);
        List<JsonNode> runs = release.documents("runs");
        assertFalse(runs.isEmpty());
        for (JsonNode run : runs) {
            ((ObjectNode) run).remove("signature"); // not shown; that it still fits is what audit verify checks
            JsonNode shown = release.json("audit", "show", run.get("id").asText());
            assertHolds(run, shown, "run");
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void plansAreShownAsTheyWereStored(String name) throws IOException {
        StoredRelease release = StoredRelease.copy(name, directory);
        List<JsonNode> plans = release.documents("plans");
        assertFalse(plans.isEmpty());
        for (JsonNode plan : plans) {
            JsonNode shown = release.json("show", "--plan-id", plan.get("id").asText());
            assertHolds(plan, shown, "plan");
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void statesAreShownAsTheyWereStored(String name) throws IOException {
        StoredRelease release = StoredRelease.copy(name, directory);
        for (JsonNode state : release.documents("state")) {
            assertHolds(state, release.json("state", "--recorded"), "state");
        }
    }

    /** A later minor version only adds, so what was stored must be there as it was. */
    private static void assertHolds(JsonNode stored, JsonNode read, String at) {
        if (stored.isObject()) {
            for (Map.Entry<String, JsonNode> field : stored.properties()) {
                if (!field.getKey().equals("formatVersion")) {
                    assertHolds(field.getValue(), read.path(field.getKey()), at + "." + field.getKey());
                }
            }
        } else if (stored.isArray()) {
            assertEquals(stored.size(), read.size(), at);
            for (int i = 0; i < stored.size(); i++) {
                assertHolds(stored.get(i), read.path(i), at + "[" + i + "]");
            }
        } else {
            assertEquals(stored, read, at);
        }
    }
}
