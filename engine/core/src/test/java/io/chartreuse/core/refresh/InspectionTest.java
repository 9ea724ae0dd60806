package io.chartreuse.core.refresh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.SnapshotSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InspectionTest {

    private static final Snapshot SNAPSHOT =
            new Snapshot(Address.parse("memory.thing/main"), new TreeMap<>(Map.of("colour", "red")), Json.object());

    private static ChartreuseException refused() {
        return new ChartreuseException(Diagnostic.error(RefreshError.LATE, "the server is away", "Wait for it."));
    }

    private static Inspection inspect(Supplier<List<Resource>> refresh, Supplier<List<Snapshot>> snapshot) {
        return inspect(refresh, snapshot, true);
    }

    private static Inspection inspect(
            Supplier<List<Resource>> refresh, Supplier<List<Snapshot>> snapshot, boolean recording) {
        return Inspection.of("memory", new Played(refresh, snapshot), () -> recording);
    }

    @Test
    void snapshotsAreTakenWhileTheProviderRefreshes() {
        CountDownLatch taken = new CountDownLatch(1);

        Inspection found = inspect(
                () -> {
                    await(taken);
                    return List.of();
                },
                () -> {
                    taken.countDown();
                    return List.of(SNAPSHOT);
                });

        assertEquals(List.of(SNAPSHOT), found.snapshots());
        assertTrue(found.isWhole());
    }

    @Test
    void snapshotsThatFailWhileTheServerIsAwaitedAreTakenAgain() {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();

        Inspection found = inspect(
                () -> {
                    await(failed);
                    return List.of();
                },
                () -> {
                    if (tries.incrementAndGet() > 1) {
                        return List.of(SNAPSHOT);
                    }
                    failed.countDown();
                    throw refused();
                });

        assertEquals(List.of(SNAPSHOT), found.snapshots());
        assertTrue(found.isWhole());
    }

    @Test
    void snapshotsThatFailAgainAreAGapAndHideNoResource() {
        Inspection found = inspect(List::of, () -> {
            throw refused();
        });

        assertEquals(List.of(), found.problems());
        assertEquals("the server is away", found.gaps().get(0).summary());
    }

    @Test
    void aRefreshThatFailsIsTheProblemAndNoSnapshotIsWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);

        Inspection found = inspect(
                () -> {
                    throw refused();
                },
                () -> {
                    await(never);
                    return List.of();
                });

        assertEquals("the server is away", found.problems().get(0).summary());
        never.countDown();
    }

    @Test
    void snapshotsThatNobodyWantsAreNoPartOfIt() {
        assertEquals(
                List.of(), inspect(List::of, () -> List.of(SNAPSHOT), false).snapshots());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Played(Supplier<List<Resource>> resources, Supplier<List<Snapshot>> snapshots)
            implements Provider, SnapshotSource {

        @Override
        public List<Resource> refresh() {
            return resources.get();
        }

        @Override
        public List<Snapshot> snapshot() {
            return snapshots.get();
        }

        @Override
        public ObjectNode converge(Step step, Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
