package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.state.RecordedResource;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Each run records how it leaves the release, and says so in its own record. */
class StateTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(StateTest.class.getResourceAsStream("/io/chartreuse/schemas/state.schema.json"));

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3);
    private final Scene scene = new Scene(world);
    private final CountDownLatch told = new CountDownLatch(1);

    private State state() {
        return scene.state().orElseThrow();
    }

    private Run newest() {
        return scene.runs().get(scene.runs().size() - 1);
    }

    private void applyAnother(int target) {
        world.target("main", target);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.apply(scene.plan());
    }

    private List<String> notes() {
        return scene.events.stream()
                .flatMap(event -> event instanceof RunEvent.Note note
                        ? Optional.of(note.message()).stream()
                        : Optional.<String>empty().stream())
                .filter(note -> note.contains("recorded"))
                .toList();
    }

    private String refusal() {
        return assertThrows(
                        ChartreuseException.class,
                        () -> new AuditTrail(scene.backend, Scene.RELEASE).verify(Optional.empty()))
                .diagnostics()
                .get(0)
                .summary();
    }

    @Test
    void aRunRecordsHowItLeavesTheReleaseAndNamesIt() {
        scene.apply(scene.plan());
        State state = state();
        assertEquals(Optional.of(newest().id()), state.run());
        assertEquals(Optional.of(state.digest()), newest().evidence().state());
        RecordedResource main = state.of(new Address("memory.database", "main")).orElseThrow();
        assertEquals("7", main.resource().observed().get("revision").asText());
        assertTrue(main.snapshot().orElseThrow().parts().containsKey("migration V7.sql"));
        assertEquals(
                3,
                state.of(new Address("memory.workload", "web"))
                        .orElseThrow()
                        .resource()
                        .observed()
                        .get("replicas")
                        .asInt());
        assertEquals(List.of(), SCHEMA.validate(state.document()));
        assertEquals(
                1,
                new AuditTrail(scene.backend, Scene.RELEASE)
                        .verify(Optional.empty())
                        .runs()
                        .size());
    }

    @Test
    void whatIsWrittenReadsBack() {
        world.safeguard("failover").failAt("main", 7);
        scene.apply(scene.plan());
        State state = state();
        assertEquals(state, StateReader.read(state.document().toString(), "the state", Scene.RELEASE));
        assertEquals(List.of(), SCHEMA.validate(state.document()));
    }

    @Test
    void aRunThatFailedRecordsWhatItLeft() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        assertEquals(Outcome.FAILED, newest().outcome());
        assertEquals(Optional.of(state().digest()), newest().evidence().state());
        assertEquals(
                "6",
                state().of(new Address("memory.database", "main"))
                        .orElseThrow()
                        .resource()
                        .observed()
                        .get("revision")
                        .asText());
    }

    @Test
    void theNextRunTakesItsPlace() {
        scene.apply(scene.plan());
        String before = state().digest();
        applyAnother(8);
        assertNotEquals(before, state().digest());
        assertEquals(Optional.of(newest().id()), state().run());
        assertEquals(
                2,
                new AuditTrail(scene.backend, Scene.RELEASE)
                        .verify(Optional.empty())
                        .runs()
                        .size());
    }

    @Test
    void aStateThatCannotBeWrittenChangesNothingElse() {
        scene.backend.refuseState(true);
        RunReport report = scene.apply(scene.plan());
        assertTrue(report.succeeded());
        assertEquals(0, report.exitCode());
        assertEquals(Optional.empty(), scene.state());
        assertEquals(Optional.empty(), newest().evidence().state());
        assertEquals(
                List.of("how the release stands now is not recorded: no state may be written to the backend"), notes());
    }

    @Test
    void aWorldThatCannotBeReadAnyMoreLeavesTheFormerState() {
        scene.apply(scene.plan());
        String before = state().digest();
        scene.watch = event -> {
            if (event instanceof RunEvent.StepEnded ended && ended.step().equals("3")) {
                world.unreadable(true);
            }
        };
        applyAnother(8);
        assertEquals(Outcome.SUCCEEDED, newest().outcome());
        assertEquals(before, state().digest());
        assertEquals(List.of("how memory stands now is not recorded: the world cannot be read"), notes());
        assertEquals(
                2,
                new AuditTrail(scene.backend, Scene.RELEASE)
                        .verify(Optional.empty())
                        .runs()
                        .size());
    }

    @Test
    void aRunThatIsToldToStopRecordsWhatItLeavesToo() {
        Plan plan = scene.plan();
        scene.watch = event -> {
            if (event instanceof RunEvent.StepEnded) {
                scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
            }
        };
        scene.apply(plan);
        assertEquals(Outcome.INTERRUPTED, newest().outcome());
        assertEquals(Optional.of(state().digest()), newest().evidence().state());
        scene.watch = RunObserver.NONE;
        scene.stop = new StopSignal(scene.clock);
        scene.apply(plan);
        assertEquals(Outcome.SUCCEEDED, newest().outcome());
        assertEquals(Optional.of(state().digest()), newest().evidence().state());
    }

    @Test
    void aRunThatIsToldToStopInItsLastStepRecordsWhatItMigrated() {
        world.awaitAt("main", 7, told);
        scene.watch = event -> {
            if (event instanceof RunEvent.StepBegun begun
                    && begun.address().name().equals("main")) {
                scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
                told.countDown();
            }
        };
        scene.apply(scene.plan());
        assertEquals(world.revision("main"), recordedRevision());
    }

    private int recordedRevision() {
        return state().of(new Address("memory.database", "main"))
                .orElseThrow()
                .resource()
                .observed()
                .get("revision")
                .asInt();
    }

    @Test
    void aRestoreRecordsToo() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        scene.clock.advance(Duration.ofMinutes(1));
        scene.apply(scene.plan(Intent.RESTORE));
        assertEquals(Optional.of(newest().id()), state().run());
    }

    @Test
    void aStateThatWasEditedReplacedOrTakenAwayIsFound() throws VersionConflict {
        scene.apply(scene.plan());
        Artifact first = scene.backend.state().read().orElseThrow();
        applyAnother(8);
        Artifact second = scene.backend.state().read().orElseThrow();

        Artifact edited = write(second.content().replace("\"8\"", "\"9\""), second.version());
        assertTrue(refusal().contains("was changed after it was written"), refusal());
        Artifact older = write(first.content(), edited.version());
        assertTrue(refusal().contains("has recorded one since"), refusal());
        String forged = newState(scene.runs().get(1).id());
        Artifact other = write(forged, older.version());
        assertTrue(refusal().contains("is not the one that run"), refusal());
        write(newState("nobody"), other.version());
        assertTrue(refusal().contains("which is not on record"), refusal());
    }

    private String newState(String run) {
        Scene elsewhere = new Scene(new InMemoryWorld().database("main", 1, 2));
        elsewhere.apply(elsewhere.plan());
        State theirs = elsewhere.state().orElseThrow();
        return Resealed.as(theirs, run);
    }

    private Artifact write(String content, String version) throws VersionConflict {
        return scene.backend
                .state()
                .write(new Artifact(StateStore.CURRENT, "shop", "1.0", scene.clock.instant(), content, version));
    }
}
