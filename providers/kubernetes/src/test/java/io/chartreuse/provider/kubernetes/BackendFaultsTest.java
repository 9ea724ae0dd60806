package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, runs and the lock survive failures of the cluster. */
class BackendFaultsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<Fault> BAD_DAY = List.of(
            Fault.status(503, "not now"),
            Fault.status(500, "not now"),
            Fault.status(429, "not now", "Retry-After: 1\r\n"),
            Fault.reset(),
            Fault.lostAnswer());

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();
    private FaultProxy proxy;
    private Backend backend;

    @BeforeEach
    void connectThroughTheProxy() {
        Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        proxy = FaultProxy.before(kubeconfig);
        backend = Sessions.backend(kubeconfig);
    }

    @AfterEach
    void disconnect() {
        backend.close();
        proxy.close();
        cluster.close();
    }

    @Test
    void aPlanIsSavedOnceOnEveryBadDay() {
        for (Fault fault : BAD_DAY) {
            String content = "{\"fault\": " + BAD_DAY.indexOf(fault) + "}";
            proxy.next(1, "POST", "/configmaps", fault);

            backend.plans().save(new Artifact(Sha256.of(content), Sessions.RELEASE, "1.0", NOON, content, ""));
        }
        assertEquals(BAD_DAY.size(), backend.plans().list().size());
    }

    @Test
    void aRunIsBegunAndWrittenOnOnEveryBadDay() throws VersionConflict {
        for (Fault fault : BAD_DAY) {
            String id = "run-" + BAD_DAY.indexOf(fault);
            proxy.next(1, "POST", "/configmaps", fault).next(1, "PUT", "/configmaps", fault);

            Artifact begun = backend.journal().write(run(id, "{}", ""));
            Artifact later = backend.journal().write(run(id, "{\"a\": 1}", begun.version()));
            backend.journal().write(run(id, "{\"a\": 2}", later.version()));

            assertEquals("{\"a\": 2}", backend.journal().find(id).orElseThrow().content());
        }
    }

    @Test
    void theLockIsTakenRenewedAndGivenBackOnEveryBadDay() throws VersionConflict {
        for (Fault fault : BAD_DAY) {
            proxy.next(1, "POST", "/leases", fault)
                    .next(1, "PUT", "/leases", fault)
                    .next(1, "DELETE", "/leases", fault);

            Lease taken = backend.lock().write(lease(NOON, ""));
            Lease renewed = backend.lock().write(lease(NOON.plusSeconds(10), taken.version()));
            backend.lock().delete(renewed);

            assertEquals(Optional.empty(), backend.lock().read());
        }
    }

    @Test
    void aRenewalThatFailsIsToldWhileThereIsTimeForAnother() throws VersionConflict {
        backend.close();
        backend = Sessions.backend(
                directory.resolve("kubeconfig"), Sessions.section().put("requestTimeout", "4s"));
        Lease taken = backend.lock().write(lease(NOON, ""));
        proxy.next(1000, request -> true, Fault.reset());

        ChartreuseException failed = assertTimeout(
                Duration.ofSeconds(8),
                () -> assertThrows(
                        ChartreuseException.class,
                        () -> backend.lock().write(lease(NOON.plusSeconds(4), taken.version()))));
        assertEquals(KubernetesError.UNREACHABLE, failed.diagnostics().get(0).code());

        proxy.heal();
        Lease renewed = backend.lock().write(lease(NOON.plusSeconds(8), taken.version()));
        assertTrue(renewed.expiresAt().isAfter(taken.expiresAt()));
    }

    private static Artifact run(String id, String content, String version) {
        return new Artifact(id, Sessions.RELEASE, "1.0", NOON, content, version);
    }

    /** Lasts 12 s: a write is tried for 4 s, or for one request where that may take longer. */
    private static Lease lease(Instant renewed, String version) {
        return new Lease("a", NOON, renewed, Duration.ofSeconds(12), version);
    }
}
