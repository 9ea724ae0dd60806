package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.ApplyError;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The backend takes no more records in the middle of a run. */
class FullBackendTest {

    private final InMemoryWorld world = new InMemoryWorld()
            .database("main", 5, 7)
            .safeguard("failover")
            .workload("web", 10, 3)
            .workload("worker", 0, 2);
    private final Scene scene = new Scene(world).onFailure(OnFailure.RESTORE);

    private static Diagnostic last(RunReport report) {
        return report.problems().get(report.problems().size() - 1);
    }

    private void assertAllIsBack() {
        assertEquals(3, world.replicas("web"));
        assertEquals(2, world.replicas("worker"));
    }

    @Test
    void whatCannotBePutOnRecordIsNotBegun() {
        Plan plan = scene.plan();
        String before = world.state();
        scene.backend.roomForRuns(0);
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> scene.apply(plan));
        assertEquals(ErrorType.EXTERNAL, refused.type());
        assertTrue(refused.getMessage().contains("the backend is full"), refused.getMessage());
        assertTrue(refused.getMessage().contains("nothing was touched"), refused.getMessage());
        assertEquals(before, world.state());
    }

    /** From the first entry behind the begin record to the last one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void workloadsComeBackAndTheErrorSaysWhatHasMoved(int room) {
        scene.parallelism = 1;
        Plan plan = scene.plan();
        scene.backend.roomForRuns(room);
        RunReport report = scene.apply(plan);
        assertFalse(report.succeeded());
        assertEquals(1, report.exitCode());
        assertEquals(
                ApplyError.UNRECORDED, last(report).code(), report.problems().toString());
        String said = last(report).summary();
        assertTrue(said.contains("the backend is full [memory.store]"), said);
        assertTrue(said.contains(" entries, and not how the run ended"), said);
        assertEquals(world.revision("main") == 7, said.contains("migrated: memory.database/main"), said);
        assertAllIsBack();

        scene.backend.roomForRuns(Integer.MAX_VALUE);
        scene.clock.advance(Duration.ofMinutes(1));
        assertTrue(scene.apply(plan).succeeded());
        assertEquals(7, world.revision("main"));
        assertAllIsBack();
        assertEquals(1, scene.runs().size());
    }

    @Test
    void aMigrationThatFailedIsToldBesideTheRecordThatDid() {
        world.failAt("main", 6);
        scene.parallelism = 1;
        Plan plan = scene.plan();
        scene.watch = event -> {
            if (event instanceof io.chartreuse.core.apply.RunEvent.StepBegun begun
                    && begun.address().name().equals("main")) {
                scene.backend.roomForRuns(0);
            }
        };
        RunReport report = scene.apply(plan);
        assertEquals(1, report.exitCode());
        assertEquals("memory.migration", report.problems().get(0).code().code());
        assertEquals(ApplyError.UNRECORDED, last(report).code());
        assertAllIsBack();
    }
}
