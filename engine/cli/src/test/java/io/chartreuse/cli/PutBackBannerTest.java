package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.spi.provider.MaintenanceWatcher;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A failed run that would hold workloads says of those that others have put back that they run. */
@Timeout(120)
final class PutBackBannerTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void failInTheMiddle() {
        desk = Desk.usual(directory);
        desk.world.failAt("main", 7);
    }

    /** They run from before the failure on. */
    private Said applyWhileOthersPutBack(Set<String> workloads) {
        CountDownLatch announced = new CountDownLatch(workloads.size());
        MaintenanceWatcher others = (step, found) -> {
            if (workloads.contains(step.change().address().name())) {
                found.putBack("was put back to 3 replicas by a person: left as it is");
                announced.countDown();
            }
            new CountDownLatch(1).await();
        };
        desk.world.watchedBy(others).awaitAt("main", 6, announced);
        return desk.run("apply", "--yes");
    }

    @Test
    void whereAllRunNothingIsSaidToBeHeld() {
        Said said = applyWhileOthersPutBack(Set.of("web", "worker"));

        assertEquals(1, said.code(), said.all());
        assertFalse(said.all().contains("HELD IN MAINTENANCE"), said.all());
        assertFalse(said.all().contains("are held in maintenance"), said.all());
        assertTrue(said.err().contains("!!! WORKLOADS RUN, PUT BACK BY OTHERS !!!"), said.all());
        assertTrue(said.err().contains("!!! memory.workload/web was put back by others, and runs"), said.all());
        assertTrue(said.out().contains("The workloads were put back by others, and run."), said.all());
        assertTrue(
                said.err().contains("no workload is held in maintenance, although the run would hold them"),
                said.all());
        Said status = desk.run("status");
        assertTrue(status.out().contains("recovery held (put back by others)"), status.all());
    }

    @Test
    void whereSomeRunOnlyTheOthersAreSaidToBeHeld() {
        Said said = applyWhileOthersPutBack(Set.of("web"));

        assertEquals(1, said.code(), said.all());
        assertTrue(said.err().contains("!!! WORKLOADS ARE HELD IN MAINTENANCE !!!"), said.all());
        assertTrue(said.err().lines().anyMatch("!!! memory.workload/worker"::equals), said.all());
        assertTrue(said.err().contains("!!! memory.workload/web was put back by others, and runs"), said.all());
        assertTrue(
                said.err().contains("memory.workload/worker; others put back, and running: memory.workload/web"),
                said.all());
    }
}
