package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a provider does when the last step of a run is over. */
class FinishingTest {

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 1, 2).workload("web", 0, 3);
    private final Scene scene = new Scene(world);
    private final List<String> states = new ArrayList<>();

    @Test
    void itComesOnceAfterTheWorkloadsAreBackAndBeforeTheEndIsOnRecord() {
        world.finishedBy(patience -> {
            states.add(world.state() + ", " + scene.runs().size() + " run, "
                    + scene.runs().get(0).outcome());
            return List.of();
        });

        assertTrue(scene.apply(scene.plan()).succeeded());

        assertEquals(List.of("main@2 web=3, 1 run, RUNNING"), states);
    }

    @Test
    void itComesAlsoWhereWorkloadsAreLeftForTheDeploymentThatFollows() {
        world.finishedBy(this::look);

        assertTrue(scene.apply(scene.plan(Intent.MIGRATE)).succeeded());

        assertEquals(List.of("main@2 web=0(stopped from 3)"), states);
    }

    @Test
    void itComesAlsoAfterAFailure() {
        world.failAt("main", 2).finishedBy(this::look);

        scene.apply(scene.plan());

        assertEquals(1, states.size());
    }

    @Test
    void aWarningIsShownAndTheRunHasSucceeded() {
        Diagnostic warning = Diagnostic.warning(InMemoryProvider.Failure.STORE, "web is not finished", "");
        world.finishedBy(patience -> List.of(warning));

        RunReport report = scene.apply(scene.plan());

        assertEquals(List.of(warning), report.problems());
        assertTrue(report.succeeded());
    }

    @Test
    void aProviderThatThrowsChangesNothingAboutTheRun() {
        world.finishedBy(patience -> {
            throw new IllegalStateException("broken");
        });

        assertTrue(scene.apply(scene.plan()).succeeded());
    }

    private List<Diagnostic> look(Duration patience) {
        states.add(world.state());
        return List.of();
    }
}
