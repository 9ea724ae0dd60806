package io.chartreuse.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which removals retention would have made. */
class RemovalCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
    private static final String YESTERDAY = "20261121t070000z-aaaaaa";
    private static final String TWO_YEARS_AGO = "20241121t070000z-aaaaaa";

    private static RecordedRun run(String id, Optional<RunLink> previous, List<Removal> removals) {
        Run run = new Run(
                        id,
                        "sha256:" + "ab".repeat(32),
                        new Release("shop", Optional.empty()),
                        "1.0.0",
                        new Actor("ada", "laptop", 7),
                        NOW,
                        Optional.of(NOW),
                        Outcome.SUCCEEDED,
                        Optional.empty(),
                        List.of())
                .with(new Evidence(previous, removals, List.of(), List.of(), List.of()));
        return RecordedRun.of(
                new Artifact(id, "shop", "1.4", NOW, RunDocument.write(run).toString(), "1"));
    }

    private static List<RecordedRun> left(String gone, Instant at) {
        RunLink link = new RunLink(gone, "sha256:" + "cd".repeat(32));
        RecordedRun first = run("20261122t060000z-bbbbbb", Optional.of(link), List.of());
        return List.of(
                first,
                run(
                        "20261122t063000z-cccccc",
                        Optional.of(new RunLink(first.name(), first.digest())),
                        List.of(new Removal(link, at, "mallory"))));
    }

    private static Optional<String> problem(int runs, List<RecordedRun> left) {
        return new RemovalCheck(
                        new RetentionSetting(Optional.of(runs), Optional.of(Duration.ofDays(365)), Optional.empty()),
                        NOW,
                        Optional.empty())
                .problem(left);
    }

    @Test
    void whatIsOverTheCountOfRunsGoes() {
        assertEquals(Optional.empty(), problem(2, left(YESTERDAY, NOW)));
    }

    @Test
    void youngRunsUnderTheCountStay() {
        String problem = problem(3, left(YESTERDAY, NOW)).orElseThrow();
        assertTrue(
                problem.contains("it left 2 runs, and the configuration keeps 3 runs of the last 365 days"), problem);
    }

    @Test
    void oldRunsGo() {
        assertEquals(Optional.empty(), problem(100, left(TWO_YEARS_AGO, NOW)));
    }

    @Test
    void aRemovalInTheTimeToComeMakesRunsNoOlder() {
        assertTrue(
                problem(100, left(YESTERDAY, NOW.plus(Duration.ofDays(4000)))).isPresent());
    }

    @Test
    void aRunWhoseIdTellsNoTimeIsNotTakenForOld() {
        assertTrue(problem(100, left("old", NOW)).isPresent());
    }

    @Test
    void aRemovalThatTheUserKnowsIsRight() {
        RemovalCheck check = new RemovalCheck(RetentionSetting.UNLIMITED, NOW, Optional.of(YESTERDAY));
        assertEquals(Optional.empty(), check.problem(left(YESTERDAY, NOW)));
        assertTrue(check.problem(left(TWO_YEARS_AGO, NOW)).isPresent());
    }
}
