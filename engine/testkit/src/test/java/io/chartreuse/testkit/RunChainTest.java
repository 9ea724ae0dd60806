package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.audit.VerifiedRuns;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each run names the one before it, whatever became of that. */
final class RunChainTest {

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3);
    private final Scene scene = new Scene(world);

    private VerifiedRuns verified() {
        return new AuditTrail(scene.backend, Scene.RELEASE).verify(Optional.empty());
    }

    private static Optional<RunLink> previous(Run run) {
        return run.evidence().previous();
    }

    @Test
    void theFirstRunNamesNoneAndTheNextNamesIt() {
        scene.apply(scene.plan());
        world.target("main", 8);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.apply(scene.plan());
        List<RecordedRun> runs = new AuditTrail(scene.backend, Scene.RELEASE).records();
        assertEquals(Optional.empty(), runs.get(0).run().evidence().previous());
        assertEquals(
                Optional.of(new RunLink(runs.get(0).name(), runs.get(0).digest())),
                previous(runs.get(1).run()));
        assertEquals(2, verified().runs().size());
    }

    @Test
    void aRunSaysHowLongWorkloadsWereDown() {
        scene.apply(scene.plan());
        Run run = scene.runs().get(0);
        assertEquals(1, run.evidence().downtimes().size());
        assertEquals(
                "memory.workload/web",
                run.evidence().downtimes().get(0).address().toString());
    }

    @Test
    void aRunThatIsResumedKeepsItsPlaceInTheChain() {
        scene.watch = event -> scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
        Plan plan = scene.plan();
        scene.apply(plan);
        assertEquals(Outcome.INTERRUPTED, scene.runs().get(0).outcome());
        scene.watch = RunObserver.NONE;
        scene.stop = new StopSignal(scene.clock);
        scene.apply(plan);
        assertEquals(Outcome.SUCCEEDED, scene.runs().get(0).outcome());
        assertEquals(1, verified().runs().size());
    }

    @Test
    void aRunThatAnotherOneHasFollowedIsNotResumed() {
        scene.watch = event -> scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
        Plan interrupted = scene.plan();
        scene.apply(interrupted);
        scene.watch = RunObserver.NONE;
        scene.stop = new StopSignal(scene.clock);
        world.target("main", 8);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.apply(scene.plan());
        String said = assertThrows(ChartreuseException.class, () -> scene.apply(interrupted))
                .getMessage();
        assertTrue(said.contains("has come after it"), said);
        assertEquals(2, verified().runs().size());
    }

    @Test
    void aRecordThatWasChangedAfterwardsIsFound() throws VersionConflict {
        scene.apply(scene.plan());
        world.target("main", 8);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.apply(scene.plan());
        Artifact first = scene.backend.journal().list().get(0);
        scene.backend
                .journal()
                .write(new Artifact(
                        first.id(),
                        first.release(),
                        first.formatVersion(),
                        first.createdAt(),
                        first.content().replace("laptop", "server"),
                        first.version()));
        String said = assertThrows(ChartreuseException.class, this::verified).getMessage();
        assertTrue(said.contains("the record of run " + first.id()), said);
    }

    @Test
    void aDigestThatWasNotedHasToBeOnRecord() {
        scene.apply(scene.plan());
        AuditTrail audit = new AuditTrail(scene.backend, Scene.RELEASE);
        String digest = verified().head().orElseThrow().digest();
        assertEquals(1, audit.verify(Optional.of(digest)).runs().size());
        assertThrows(ChartreuseException.class, () -> audit.verify(Optional.of("sha256:" + "00".repeat(32))));
    }
}
