package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.UnreadableLease;
import io.chartreuse.spi.backend.VersionConflict;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseLockTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();
    private Backend backend;
    private Lock lock;

    @BeforeEach
    void connect() {
        backend = Sessions.backend(cluster.writeKubeconfig(directory.resolve("kubeconfig")));
        lock = backend.lock();
    }

    @AfterEach
    void disconnect() {
        backend.close();
        cluster.close();
    }

    @Test
    void aLeaseIsTakenRenewedAndGivenBack() throws VersionConflict {
        assertEquals(Optional.empty(), lock.read());

        Lease taken = lock.write(lease("a", ""));
        assertEquals(Optional.of(taken), lock.read());
        assertEquals("a", taken.holder());
        assertEquals(Duration.ofSeconds(15), taken.duration());
        assertEquals(Instant.parse("2026-11-22T12:00:00.123456Z"), taken.acquiredAt());

        Lease renewed =
                lock.write(new Lease("a", taken.acquiredAt(), NOON.plusSeconds(5), taken.duration(), taken.version()));
        assertThrows(VersionConflict.class, () -> lock.delete(taken));

        lock.delete(renewed);
        assertEquals(Optional.empty(), lock.read());
        assertThrows(VersionConflict.class, () -> lock.delete(renewed));
    }

    @Test
    void itIsALeaseThatOthersCanRead() throws VersionConflict {
        Lease taken = lock.write(lease("a", ""));
        lock.write(new Lease("b", NOON, NOON, Duration.ofSeconds(15), taken.version(), taken.transitions() + 1));

        var stored = cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("chartreuse-shop")
                .get()
                .getSpec();

        assertEquals("b", stored.getHolderIdentity());
        assertEquals(15, stored.getLeaseDurationSeconds());
        assertEquals(1, stored.getLeaseTransitions());
    }

    @Test
    void aLeaseThatIsHeldIsNotTakenAsIfItWereFree() throws VersionConflict {
        lock.write(lease("a", ""));

        assertThrows(VersionConflict.class, () -> lock.write(lease("b", "")));
        assertEquals("a", lock.read().orElseThrow().holder());
    }

    @Test
    void aRepeatedWriteOfOneHolderSucceeds() throws VersionConflict {
        Lease taken = lock.write(lease("a", ""));

        assertEquals(taken, lock.write(lease("a", "")));
    }

    @Test
    void ofTwoThatTakeOverALapsedLeaseOneGetsIt() throws Exception {
        String version = lock.write(lease("dead", "")).version();
        ExecutorService threads = Executors.newFixedThreadPool(2);

        List<Future<Boolean>> tries = threads.invokeAll(List.of(takeOver("a", version), takeOver("b", version)));

        threads.shutdown();
        assertTrue(tries.get(0).get() ^ tries.get(1).get(), "one and only one");
    }

    @Test
    void aLeaseWhoseHolderGaveItUpNamesNobody() {
        cluster.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("chartreuse-shop")
                        .withNamespace(cluster.namespace())
                        .addToLabels("app.kubernetes.io/managed-by", "chartreuse")
                        .addToLabels("chartreuse.io/release", "shop")
                        .endMetadata()
                        .withNewSpec()
                        .withLeaseTransitions(4)
                        .endSpec()
                        .build())
                .create();

        Lease free = lock.read().orElseThrow();

        assertEquals("", free.holder());
        assertEquals(4, free.transitions());
    }

    @Test
    void aForeignLeaseOfTheSameNameIsRefused() {
        cluster.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("chartreuse-shop")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .build())
                .create();

        UnreadableLease foreign = assertThrows(UnreadableLease.class, lock::read);

        assertEquals(
                KubernetesError.FOREIGN_OBJECT, foreign.diagnostics().get(0).code());
        assertTrue(foreign.getMessage().contains("chartreuse-shop"), foreign.getMessage());
    }

    private Callable<Boolean> takeOver(String holder, String version) {
        return () -> {
            try {
                lock.write(lease(holder, version));
                return true;
            } catch (VersionConflict conflict) {
                return false;
            }
        };
    }

    private static Lease lease(String holder, String version) {
        return new Lease(holder, NOON, NOON, Duration.ofSeconds(15), version);
    }
}
