package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If something has to be fixed first, {@code status} does not send the user to a command that would refuse. */
final class NextStepTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private String next() {
        Said said = desk.run("status");
        assertEquals(0, said.code(), said.all());
        String last = said.out().strip().lines().reduce((a, b) -> b).orElseThrow();
        assertEquals(
                last,
                "Next: " + desk.run("status", "-o", "json").json().get("next").asText());
        return last;
    }

    @Test
    void anErrorOfADatabaseIsMendedBeforeAnythingIsPlanned() {
        assertEquals("Next: Look at what is pending with `chartreuse plan`, then run `chartreuse apply`.", next());
        desk.configure("  behaviour: wrong\n");
        assertEquals(
                "Next: First fix what is wrong with memory.database/main, memory.database/stock: until then no plan is"
                        + " made. `chartreuse plan` says how.",
                next());
        Said plan = desk.run("plan");
        assertEquals(1, plan.code(), plan.all());
        assertTrue(plan.err().contains("V3.sql was changed") && plan.err().contains("Put it back."), plan.all());
    }

    @Test
    void aWarningHindersNothing() {
        desk.configure("  behaviour: warning\n");
        assertTrue(next().startsWith("Next: Look at what is pending"), next());
    }

    @Test
    void whereWorkloadsAreStoppedTheWayToBringThemBackIsSaid() {
        desk.world.failAt("main", 7);
        assertEquals(1, desk.run("apply", "--yes").code());
        assertTrue(next().startsWith("Next: Fix what the last run failed on, as its error says"), next());
        desk.configure("  behaviour: wrong\n");
        assertTrue(
                next().startsWith("Next: Workloads are stopped: fix what is wrong with memory.database/main"), next());
        assertTrue(next().endsWith("or bring them back as things stand with `chartreuse restore`."), next());
        assertEquals(0, desk.run("restore", "--yes").code());
        assertFalse(next().contains("restore"), next());
    }

    @Test
    void afterAFailureItsErrorComesBeforeTheNextPlan() {
        desk.world.failAt("main", 6);
        assertEquals(1, desk.run("apply", "--yes").code());
        assertEquals(
                "Next: Fix what the last run failed on, as its error says; then look at what is pending with `chartreuse"
                        + " plan`, and run `chartreuse apply`.",
                next());
    }

    @Test
    void whereADeploymentIsToStartWorkloadsTheWayOutIsSaidForTheCaseThatNoneFollows() {
        desk.write("version: 1\nrelease: shop\nstrategy: before\nbackend: file\nmemory: {}\n");
        Said said = desk.run("apply", "--yes");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("The deployment that follows starts them."), said.all());
        assertTrue(said.out().contains("`helm rollback`, or `chartreuse restore`"), said.all());
        assertTrue(next().startsWith("Next: Workloads wait for the deployment that follows."), next());
        assertEquals(0, desk.run("restore").code());
        assertEquals("Next: Nothing to do.", next());
    }
}
