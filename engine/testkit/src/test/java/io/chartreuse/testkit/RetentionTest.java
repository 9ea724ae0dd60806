package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.audit.AuditTrail;
import io.chartreuse.core.audit.PruneResult;
import io.chartreuse.core.audit.RecordedRun;
import io.chartreuse.core.audit.Retention;
import io.chartreuse.core.audit.VerifiedRuns;
import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.store.PlanFile;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What retention takes, what it never takes, and that the record holds whatever happens meanwhile. */
final class RetentionTest {

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 5).workload("web", 10, 3);
    private final Scene scene = new Scene(world);
    private int revision = 5;

    private static RetentionSetting runs(int count) {
        return new RetentionSetting(Optional.of(count), Optional.empty(), Optional.of(Duration.ofDays(30)));
    }

    /** So many further runs, an hour apart, each of which migrates and succeeds. */
    private void migrate(int count) {
        for (int i = 0; i < count; i++) {
            scene.clock.advance(Duration.ofHours(1));
            world.target("main", ++revision);
            scene.apply(scene.plan());
        }
    }

    private void failing() {
        scene.clock.advance(Duration.ofHours(1));
        revision += 2;
        world.target("main", revision).failAt("main", revision);
        scene.apply(scene.plan());
    }

    /** A run that ends before it has touched anything. */
    private void interrupted() {
        scene.clock.advance(Duration.ofHours(1));
        scene.watch = event -> scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
        scene.apply(scene.plan());
        scene.watch = RunObserver.NONE;
        scene.stop = new StopSignal(scene.clock);
    }

    private PruneResult prune(RetentionSetting setting) {
        return prune(setting, CrashSchedule.immortal());
    }

    private PruneResult prune(RetentionSetting setting, CrashSchedule process) {
        return new Retention(scene.backend.seenBy(process), setting)
                .prune(scene.clock.instant(), "ada", Integer.MAX_VALUE, () -> true);
    }

    private List<String> ids() {
        return scene.runs().stream().map(Run::id).toList();
    }

    private VerifiedRuns verified() {
        return new AuditTrail(scene.backend, Scene.RELEASE).verify(Optional.empty());
    }

    @Test
    void theOldestGoWithTheirPlansAndTheRestIsStillOneChain() {
        migrate(5);
        List<String> before = ids();
        String digest = verified().head().orElseThrow().digest();
        PruneResult pruned = prune(runs(2));
        assertEquals(before.subList(0, 3), pruned.runs());
        assertEquals(before.subList(3, 5), ids());
        assertEquals(2, scene.backend.list().size());
        assertEquals(2, verified().runs().size());
        assertEquals(before.get(2), verified().removed().orElseThrow().run());
        assertEquals(
                2,
                new AuditTrail(scene.backend, Scene.RELEASE)
                        .verify(Optional.of(digest))
                        .runs()
                        .size());
        assertTrue(prune(runs(2)).isEmpty());
    }

    @Test
    void theNewestRunSaysWhatWasTakenAndByWhomAndTheNextRunNamesItAsItIsThen() {
        migrate(3);
        prune(runs(2));
        prune(runs(1));
        List<Removal> removals = scene.runs().get(0).evidence().removals();
        assertEquals(List.of("ada", "ada"), removals.stream().map(Removal::by).toList());
        migrate(1);
        assertEquals(2, verified().runs().size());
        prune(runs(1));
        assertEquals(1, verified().runs().size());
    }

    @Test
    void runsGoByAgeButNeverTheNewest() {
        migrate(3);
        scene.clock.advance(Duration.ofDays(400));
        RetentionSetting year =
                new RetentionSetting(Optional.empty(), Optional.of(Duration.ofDays(365)), Optional.empty());
        PruneResult pruned = prune(year);
        assertEquals(2, pruned.runs().size());
        assertTrue(pruned.kept().orElseThrow().endsWith("is the newest"), pruned.toString());
        assertEquals(1, verified().runs().size());
    }

    @Test
    void theLastSuccessfulRunStaysAndWhatCameAfterItStaysToo() {
        migrate(2);
        List<String> before = ids();
        failing();
        failing();
        PruneResult pruned = prune(runs(1));
        assertEquals(before.subList(0, 1), pruned.runs());
        assertEquals(Optional.of("run " + before.get(1) + " is the last that succeeded"), pruned.kept());
        assertEquals(3, verified().runs().size());
    }

    @Test
    void aRunThatHoldsWorkloadsStaysUntilALaterOneHasBroughtThemBack() {
        failing();
        interrupted();
        PruneResult pruned = prune(runs(1));
        assertEquals(List.of(), pruned.runs());
        assertTrue(pruned.kept().orElseThrow().contains("stopped memory.workload/web"), pruned.toString());
        scene.clock.advance(Duration.ofHours(1));
        scene.apply(scene.plan(Intent.RESTORE));
        assertEquals(2, prune(runs(1)).runs().size());
        assertEquals(1, verified().runs().size());
    }

    @Test
    void aPlanThatNobodyExecutedStaysForItsTime() {
        migrate(1);
        world.target("main", 20);
        Plan waiting = scene.plan();
        scene.backend.save(PlanFile.artifact(waiting));
        scene.clock.advance(Duration.ofDays(29));
        assertEquals(List.of(), prune(runs(5)).plans());
        scene.clock.advance(Duration.ofDays(2));
        assertEquals(List.of(waiting.id()), prune(runs(5)).plans());
        assertEquals(1, scene.backend.list().size());
    }

    @Test
    void aProcessThatDiesAnywhereLeavesARecordThatHoldsAndTheNextOneGoesOn() {
        for (int life = 0; life < 20; life++) {
            RetentionTest again = new RetentionTest();
            again.migrate(5);
            boolean died = again.diesAt(life);
            assertTrue(again.verified().runs().size() >= 2, "killed behind request " + life);
            again.prune(runs(2));
            assertEquals(2, again.ids().size());
            assertEquals(2, again.scene.backend.list().size());
            assertEquals(2, again.verified().runs().size());
            if (!died) {
                assertTrue(life > 5, "every request was tried");
                return;
            }
        }
    }

    private boolean diesAt(int life) {
        try {
            prune(runs(2), CrashSchedule.after(life));
            return false;
        } catch (ProcessKilled death) {
            return true;
        }
    }

    @Test
    void aRunThatIsBegunWhileRemovalsAreUnfinishedFindsItsPlaceInTheChain() {
        migrate(5);
        diesAt(2);
        migrate(1);
        assertEquals(3, verified().runs().size());
        prune(runs(2));
        assertEquals(2, verified().runs().size());
    }

    @Test
    void aRecordThatDoesNotHoldIsLeftAsItIs() {
        migrate(4);
        scene.backend.journal().delete(ids().get(1));
        String said =
                assertThrows(ChartreuseException.class, () -> prune(runs(1))).getMessage();
        assertTrue(said.contains("nothing is taken off the record"), said);
        assertEquals(3, ids().size());
    }

    @Test
    void whoHasLostTheLockTakesNothing() {
        migrate(3);
        List<Artifact> before = scene.backend.journal().list();
        new Retention(scene.backend, runs(1)).prune(scene.clock.instant(), "ada", 9, () -> false);
        assertEquals(before, scene.backend.journal().list());
    }

    @Test
    void lookingChangesNothing() {
        migrate(3);
        List<RecordedRun> before = new AuditTrail(scene.backend, Scene.RELEASE).records();
        assertEquals(
                2,
                new Retention(scene.backend, runs(1))
                        .find(scene.clock.instant())
                        .runs()
                        .size());
        assertEquals(before, new AuditTrail(scene.backend, Scene.RELEASE).records());
    }

    @Test
    void noMoreGoAtOnceThanWasAskedFor() {
        migrate(6);
        Retention retention = new Retention(scene.backend, runs(1));
        assertEquals(
                2,
                retention
                        .prune(scene.clock.instant(), "ada", 2, () -> true)
                        .runs()
                        .size());
        assertEquals(4, verified().runs().size());
    }
}
