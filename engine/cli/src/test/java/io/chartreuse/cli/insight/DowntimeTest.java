package io.chartreuse.cli.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.provider.ReadinessState;
import io.chartreuse.testkit.CrashSchedule;
import io.chartreuse.testkit.InMemoryProvider;
import io.chartreuse.testkit.InMemoryWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps of the plan: 1 waits for the gate, 2 stops web, 3 migrates, 4 starts web; r1 starts it after a failure. */
final class DowntimeTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
    private static final Address WEB = new Address("memory.workload", "web");

    private final Plan plan = plan();
    private Run run = new Run(
            "run",
            plan.id(),
            plan.release(),
            "1.0.0",
            new Actor("ada", "laptop", 7),
            NOW,
            Optional.empty(),
            Outcome.RUNNING,
            Optional.empty(),
            List.of());

    private static Plan plan() {
        InMemoryWorld world = new InMemoryWorld().database("main", 5, 6).workload("web", 0, 3);
        return Planner.plan(
                new PlanRequest(
                        new Release("shop", Optional.empty()),
                        Strategy.AFTER,
                        OnFailure.HOLD,
                        "sha256:",
                        List.of("memory"),
                        "1.0.0",
                        NOW),
                Differ.diff(
                        new InMemoryProvider(world, CrashSchedule.immortal()).refresh(), Intent.MIGRATE_AND_RESTORE));
    }

    private DowntimeTest begun(int seconds, String step) {
        run = run.with(
                NOW.plusSeconds(seconds), Event.STEP_BEGUN, Optional.of(step), Optional.of(WEB), Optional.empty(), "");
        return this;
    }

    private DowntimeTest ended(int seconds, String step, StepOutcome outcome) {
        run = run.with(
                NOW.plusSeconds(seconds),
                Event.STEP_ENDED,
                Optional.of(step),
                Optional.of(WEB),
                Optional.of(outcome),
                "");
        return this;
    }

    private void assertDown(int seconds, Optional<Instant> since) {
        assertEquals(List.of(new Downtime(WEB, Duration.ofSeconds(seconds), since)), Downtime.of(plan, run));
    }

    @Test
    void aWorkloadIsDownFromWhenItsStopBeganUntilItWasBack() {
        begun(2, "2").ended(5, "2", StepOutcome.SUCCEEDED).begun(20, "4").ended(30, "4", StepOutcome.SUCCEEDED);
        assertDown(28, Optional.empty());
    }

    @Test
    void aRecoveryEndsItToo() {
        begun(2, "2").ended(5, "2", StepOutcome.SUCCEEDED).begun(6, "r1").ended(9, "r1", StepOutcome.SUCCEEDED);
        assertDown(7, Optional.empty());
    }

    @Test
    void aWorkloadThatCouldNotBeStartedIsStillDown() {
        begun(2, "2").ended(5, "2", StepOutcome.SUCCEEDED).begun(6, "4").ended(9, "4", StepOutcome.FAILED);
        assertDown(0, Optional.of(NOW.plusSeconds(2)));
    }

    @Test
    void aRunThatIsResumedGoesOnCounting() {
        begun(2, "2").begun(60, "2").ended(61, "2", StepOutcome.SUCCEEDED).ended(70, "4", StepOutcome.SUCCEEDED);
        assertDown(68, Optional.empty());
    }

    @Test
    void aWorkloadThatCameBackInBetweenIsDownTwice() {
        begun(2, "2").ended(9, "r1", StepOutcome.SUCCEEDED).begun(20, "2").ended(30, "4", StepOutcome.SUCCEEDED);
        assertDown(17, Optional.empty());
    }

    private DowntimeTest witnessed(int seconds, String step, ReadinessState standing) {
        run = run.with(new Entry(
                run.entries().size() + 1,
                NOW.plusSeconds(seconds),
                Event.WITNESSED,
                Optional.of(step),
                Optional.of(WEB),
                Optional.empty(),
                "",
                List.of(),
                List.of(),
                Optional.of(standing)));
        return this;
    }

    @Test
    void untilItsFirstPodAndAllAreReadyIsMeasuredFromTheStopToo() {
        begun(2, "2").ended(20, "4", StepOutcome.SUCCEEDED);
        witnessed(25, "4", ReadinessState.PARTLY_READY).witnessed(32, "4", ReadinessState.READY);
        Downtime time = Downtime.of(plan, run).get(0);
        assertEquals(Duration.ofSeconds(18), time.total());
        assertEquals(Optional.of(Duration.ofSeconds(23)), time.untilFirstReady());
        assertEquals(Optional.of(Duration.ofSeconds(30)), time.untilReady());
    }

    @Test
    void whatIsReadyAllAtOnceHasBothAtTheSameTime() {
        begun(2, "2").ended(20, "4", StepOutcome.SUCCEEDED).witnessed(25, "4", ReadinessState.READY);
        Downtime time = Downtime.of(plan, run).get(0);
        assertEquals(time.untilReady(), time.untilFirstReady());
    }

    @Test
    void whatIsStoppedOnceMoreIsReadyOnceMore() {
        begun(2, "2").ended(5, "r1", StepOutcome.SUCCEEDED).witnessed(6, "r1", ReadinessState.READY);
        begun(20, "2").ended(30, "4", StepOutcome.SUCCEEDED);
        Downtime time = Downtime.of(plan, run).get(0);
        assertEquals(Duration.ofSeconds(13), time.total());
        assertEquals(Optional.empty(), time.untilReady());
        witnessed(34, "4", ReadinessState.READY);
        assertEquals(
                Optional.of(Duration.ofSeconds(17)),
                Downtime.of(plan, run).get(0).untilReady());
    }

    @Test
    void aRunThatStoppedNothingHasNone() {
        begun(2, "3").ended(5, "3", StepOutcome.SUCCEEDED);
        assertEquals(List.of(), Downtime.of(plan, run));
    }
}
