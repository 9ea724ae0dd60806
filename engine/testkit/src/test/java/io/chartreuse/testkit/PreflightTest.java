package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything missing is reported before anything is changed. */
class PreflightTest {

    private final InMemoryWorld world = new InMemoryWorld()
            .database("main", 5, 6)
            .database("stock", 2, 2)
            .workload("web", 10, 3)
            .workload("api", 5, 2);
    private final Scene scene = new Scene(world);

    @Test
    void allThatIsMissingIsToldAtOnceAndNothingIsTouched() {
        Plan plan = scene.plan();
        String before = world.state();
        world.withhold("memory.workload/web", true).withhold("memory.workload/api", true);
        scene.backend.readOnly(true);

        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));

        assertEquals(
                List.of(
                        "memory.workload/api may not be changed",
                        "memory.workload/web may not be changed",
                        "nothing may be written to the backend"),
                refused.diagnostics().stream().map(Diagnostic::summary).toList());
        assertEquals(before, world.state());
        assertEquals(List.of(), world.history());
        assertEquals(List.of(), scene.runs());
        assertEquals(List.of(), scene.backend.announcements());
        assertTrue(scene.backend.lock().read().isEmpty(), "the lock is given back");
    }

    @Test
    void theSamePlanRunsOnceWhatWasMissingIsGranted() {
        Plan plan = scene.plan();
        world.withhold("memory.workload/web", true);
        assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        world.withhold("memory.workload/web", false);
        assertTrue(scene.apply(plan).succeeded());
    }

    @Test
    void onlyChangesWithActionsAreAskedAbout() {
        assertTrue(scene.apply(scene.plan()).succeeded());
        assertTrue(world.examined().contains("memory.database/main"));
        assertFalse(world.examined().contains("memory.database/stock"));
    }

    @Test
    void aRunThatIsResumedIsAskedAboutAgainAndLeftAsItIs() {
        Plan plan = scene.plan();
        assertThrows(ProcessKilled.class, () -> scene.apply(plan, CrashSchedule.after(9)));
        String before = world.state();
        world.withhold("memory.workload/web", true);

        assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(before, world.state());

        world.withhold("memory.workload/web", false);
        assertEquals(Outcome.SUCCEEDED, scene.apply(plan).run().orElseThrow().outcome());
    }
}
