package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.EarlierStop;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The downtime of what an earlier run stopped counts from that run's stop. */
class EarlierStopTest {

    private static final Address WEB = new Address("memory.workload", "web");

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 1, 2).workload("web", 0, 3);
    private final Scene scene = new Scene(world);

    private static List<Downtime> downtimes(RunReport report) {
        return report.run().orElseThrow().evidence().downtimes();
    }

    private RunReport restore() {
        RunReport report = scene.apply(scene.plan(Intent.RESTORE));
        assertTrue(report.succeeded(), report.problems()::toString);
        assertEquals(3, world.replicas("web"));
        return report;
    }

    private Run stopBeforeADeployment() {
        Run run = scene.apply(scene.plan(Intent.MIGRATE)).run().orElseThrow();
        assertEquals(0, world.replicas("web"));
        scene.clock.advance(Duration.ofSeconds(90));
        return run;
    }

    @Test
    void whatARunBeforeTheDeploymentStoppedIsDownUntilTheRestoreStartedIt() {
        Run first = stopBeforeADeployment();
        Instant stopped = first.evidence().downtimes().get(0).since().orElseThrow();

        RunReport report = restore();

        Downtime web = downtimes(report).get(0);
        assertEquals(Optional.of(new EarlierStop(WEB, first.id(), stopped)), web.earlier());
        assertEquals(Duration.ofSeconds(90), web.total());
        assertEquals(Optional.empty(), web.since());
        Run recorded = scene.runs().get(1);
        assertEquals(downtimes(report), recorded.evidence().downtimes());
        assertEquals(
                List.of(new EarlierStop(WEB, first.id(), stopped)),
                recorded.evidence().foundStopped());
    }

    @Test
    void theRunThatStoppedFirstIsNamedAfterOneThatCouldNotStartItEither() {
        Run first = stopBeforeADeployment();
        world.refuseToStart("web", true);
        Downtime failed = downtimes(scene.apply(scene.plan(Intent.RESTORE))).get(0);
        assertEquals(first.startedAt(), failed.since().orElseThrow());
        world.refuseToStart("web", false);
        scene.clock.advance(Duration.ofSeconds(30));

        Downtime web = downtimes(restore()).get(0);

        assertEquals(Optional.of(first.id()), web.earlier().map(EarlierStop::run));
        assertEquals(Duration.ofSeconds(120), web.total());
    }

    @Test
    void theStopOfARunThatDiedIsFoundThroughItsPlan() {
        Plan plan = scene.plan(Intent.MIGRATE);
        scene.watch = event -> {
            if (event instanceof RunEvent.MigrationEnded) {
                throw new ProcessKilled();
            }
        };
        assertThrows(ProcessKilled.class, () -> scene.apply(plan));
        scene.watch = event -> {};
        scene.clock.advance(Duration.ofSeconds(120));

        Downtime web = downtimes(restore()).get(0);

        assertEquals(Duration.ofSeconds(120), web.total());
        assertEquals(Optional.of(scene.runs().get(0).id()), web.earlier().map(EarlierStop::run));
    }

    @Test
    void whatRanMeanwhileIsNotSaidToHaveBeenDown() {
        stopBeforeADeployment();
        restore();
        scene.clock.advance(Duration.ofDays(1));
        world.target("main", 3);

        Downtime web = downtimes(scene.apply(scene.plan())).get(0);

        assertEquals(Optional.empty(), web.earlier());
        assertEquals(Duration.ZERO, web.total());
    }

    @Test
    void timesThatCannotBeAreNotBelieved() {
        stopBeforeADeployment();
        edit(run -> ((ObjectNode) run.get("downtimes").get(0)).put("since", "2031-01-01T00:00:00Z"));
        assertEquals(List.of(), downtimes(restore()));
    }

    @Test
    void norAreTimesBeforeTheRunThatIsSaidToHaveStoppedIt() {
        stopBeforeADeployment();
        edit(run -> ((ObjectNode) run.get("downtimes").get(0)).put("since", "1999-01-01T00:00:00Z"));
        assertEquals(List.of(), downtimes(restore()));
    }

    @Test
    void aNameThatNoRunCanHaveIsNotTakenOver() {
        stopBeforeADeployment();
        edit(run -> ((ObjectNode) run.get("downtimes").get(0))
                .put("stoppedBy", "x".repeat(1_000_000))
                .put("stoppedAt", "2026-11-22T06:00:00Z"));
        assertEquals(List.of(), downtimes(restore()));
    }

    private void edit(Consumer<ObjectNode> change) {
        Artifact record = scene.backend.journal().list().get(0);
        try {
            ObjectNode run = (ObjectNode) Json.read(record.content());
            change.accept(run);
            scene.backend
                    .journal()
                    .write(new Artifact(
                            record.id(),
                            record.release(),
                            record.formatVersion(),
                            record.createdAt(),
                            run.toString(),
                            record.version()));
        } catch (JsonProcessingException | VersionConflict e) {
            throw new AssertionError(e);
        }
    }
}
