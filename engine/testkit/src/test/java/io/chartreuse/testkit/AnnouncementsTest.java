package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.spi.backend.Announcement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run announces to a backend that is an announcer. */
class AnnouncementsTest {

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3);
    private final Scene scene = new Scene(world);

    private List<String> reasons() {
        return scene.backend.announcements().stream().map(Announcement::reason).toList();
    }

    @Test
    void aRunIsAnnouncedAtItsBeginAndItsEnd() {
        scene.apply(scene.plan());
        assertEquals(List.of("RunBegun", "RunSucceeded"), reasons());
        assertTrue(scene.backend.announcements().stream().noneMatch(Announcement::problem));
    }

    @Test
    void workloadsThatAreHeldAreAnnounced() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        assertEquals(List.of("RunBegun", "RunHeld", "RunFailed"), reasons());
        Announcement held = scene.backend.announcements().get(1);
        assertTrue(held.problem());
        assertTrue(held.message().contains("memory.database/main moved"), held.message());
    }

    @Test
    void workloadsThatCameBackAreAnnounced() {
        world.failAt("main", 6);
        scene.apply(scene.plan());
        assertEquals(List.of("RunBegun", "RunRestored", "RunFailed"), reasons());
    }

    @Test
    void aRestoreThatFailsIsAnnouncedAndHasAnExitCodeOfItsOwn() {
        world.failAt("main", 7).refuseToStart("web", true);
        scene.onFailure(OnFailure.RESTORE);
        var report = scene.apply(scene.plan());
        assertEquals(List.of("RunBegun", "RunNotRestored", "RunFailed"), reasons());
        assertEquals(Recovery.FAILED, report.run().orElseThrow().recovery().orElseThrow());
        assertEquals(6, report.exitCode(), "it wins over the migration that failed first");
    }

    @Test
    void aStartThatFailsAfterAllMigrationsHasThatExitCodeToo() {
        world.refuseToStart("web", true);
        assertEquals(6, scene.apply(scene.plan()).exitCode());
    }
}
