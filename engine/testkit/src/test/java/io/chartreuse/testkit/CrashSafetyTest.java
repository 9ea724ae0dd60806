package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.ChartreuseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A run is killed behind each touch of the world in turn (every write of the journal, of the lock, of a database, of a
 * workload), and its plan is applied again when the lease has lapsed. It has to end as an undisturbed run ends.
 */
class CrashSafetyTest {

    private static Scene allGoesWell() {
        return new Scene(shop());
    }

    private static Scene firstMigrationFails() {
        return new Scene(shop().failAt("main", 6).target("audit", 1));
    }

    private static Scene laterMigrationFailsAndHolds() {
        return new Scene(shop().failAt("main", 8));
    }

    private static Scene laterMigrationFailsAndRestores() {
        return new Scene(shop().failAt("main", 8)).onFailure(OnFailure.RESTORE);
    }

    private static Scene oneFailsAndOthersDependOnIt() {
        return new Scene(
                shop().order("main", 1).database("late", 1, 2).order("late", 2).failAt("main", 6));
    }

    private static InMemoryWorld shop() {
        return new InMemoryWorld()
                .database("audit", 1, 2)
                .database("main", 5, 9)
                .safeguard("failover")
                .workload("web", 10, 3)
                .workload("api", 10, 2)
                .workload("worker", 0, 1);
    }

    @TestFactory
    Stream<DynamicTest> aRunThatIsKilledAnywhereEndsLikeAnUndisturbedOne() {
        return Stream.of(
                        killed("all goes well", CrashSafetyTest::allGoesWell),
                        killed("the first migration fails", CrashSafetyTest::firstMigrationFails),
                        killed("one fails that others depend on", CrashSafetyTest::oneFailsAndOthersDependOnIt),
                        killed("a later one fails, hold", CrashSafetyTest::laterMigrationFailsAndHolds),
                        killed("a later one fails, restore", CrashSafetyTest::laterMigrationFailsAndRestores))
                .flatMap(tests -> tests);
    }

    private static Stream<DynamicTest> killed(String name, Supplier<Scene> scenes) {
        Scene undisturbed = scenes.get();
        CrashSchedule counting = CrashSchedule.immortal();
        undisturbed.parallelism = 1;
        undisturbed.apply(undisturbed.plan(), counting);
        String end = undisturbed.world.state();
        return IntStream.range(0, counting.touches())
                .mapToObj(touch -> DynamicTest.dynamicTest(
                        name + ", killed behind touch " + touch, () -> endsAs(end, scenes.get(), touch)));
    }

    private static void endsAs(String end, Scene scene, int touch) {
        scene.parallelism = 1;
        Plan plan = scene.plan();
        Optional<ProcessKilled> killed = applyUntilKilled(scene, plan, touch);
        assertTrue(killed.isPresent(), "the process should have died");
        scene.clock.advance(Duration.ofMinutes(2));
        applyAgain(scene, plan);
        assertEquals(end, scene.world.state());
        assertTrue(scene.backend.read().isEmpty(), "the lock is given back");
        assertFalse(last(scene).outcome().isUnfinished(), "the run has ended");
    }

    private static Optional<ProcessKilled> applyUntilKilled(Scene scene, Plan plan, int touch) {
        try {
            scene.apply(plan, CrashSchedule.after(touch));
            return Optional.empty();
        } catch (ProcessKilled death) {
            return Optional.of(death);
        }
    }

    /** A plan whose run ended before the process died is spent; that is an end, too. */
    private static void applyAgain(Scene scene, Plan plan) {
        try {
            scene.apply(plan);
        } catch (ChartreuseException e) {
            assertEquals(
                    List.of("apply.executed"),
                    e.diagnostics().stream().map(d -> d.code().code()).toList());
        }
    }

    private static Run last(Scene scene) {
        List<Run> runs = scene.runs();
        return runs.get(runs.size() - 1);
    }

    @Test
    void aSecondKillOnTheWayBackDoesNoHarmEither() {
        Scene counting = allGoesWell();
        CrashSchedule touches = CrashSchedule.immortal();
        counting.apply(counting.plan(), touches);
        for (int first = 0; first < touches.touches(); first += 3) {
            Scene scene = allGoesWell();
            Plan plan = scene.plan();
            for (int life = first; applyUntilKilled(scene, plan, life).isPresent(); life++) {
                scene.clock.advance(Duration.ofMinutes(2));
            }
            assertEquals(counting.world.state(), scene.world.state(), "killed again and again from touch " + first);
        }
    }

    @Test
    void aResumedRunDoesNotStopWhatItHasBroughtBack() {
        Scene scene = allGoesWell();
        scene.parallelism = 1;
        Plan plan = scene.plan();
        int touch = 0;
        while (!scene.world.history().contains("start worker")) {
            applyUntilKilled(scene, plan, touch++);
            scene.clock.advance(Duration.ofMinutes(2));
        }
        scene.apply(plan);
        assertEquals(
                1, scene.world.history().stream().filter("stop worker"::equals).count());
    }

    @Test
    void aPlanThatWasCarriedOutIsNotCarriedOutAgain() {
        Scene scene = allGoesWell();
        Plan plan = scene.plan();
        assertTrue(scene.apply(plan).executed());
        List<String> done = scene.world.history();
        RunReport second = scene.apply(plan);
        assertTrue(second.succeeded());
        assertFalse(second.executed());
        assertEquals(done, scene.world.history());
        assertEquals(Outcome.SUCCEEDED, last(scene).outcome());
    }
}
