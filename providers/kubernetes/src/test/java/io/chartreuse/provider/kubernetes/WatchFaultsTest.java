package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.provider.kubernetes.fault.Request;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch for pods fails in every possible way while a stop waits: the stop is neither missed nor cut short. */
class WatchFaultsTest {

    private static final String EXPIRED = """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
             "message": "too old resource version: 1 (2)", "reason": "Expired", "code": 410}}""";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final ReportedProgress told = new ReportedProgress();
    private FaultProxy proxy;
    private Provider provider;
    private Resource web;

    @BeforeEach
    void runAPodThatDoesNotGoByItself() {
        Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        proxy = FaultProxy.before(kubeconfig);
        provider = Sessions.provider(kubeconfig);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        workloads.deployment("web", 1, List.of("chartreuse.io/test-hold"));
        web = only(provider.refresh());
    }

    @AfterEach
    void disconnect() {
        workloads.releasePods("web");
        provider.close();
        proxy.close();
        cluster.close();
    }

    @Test
    void aRunningWatchThatIsToldOfAnExpiredVersionIsBegunAnew() throws Exception {
        CountDownLatch expired = new CountDownLatch(1);
        proxy.next(1, Request::isWatch, Fault.watchEvent(expired, EXPIRED));
        CompletableFuture<ObjectNode> stopped = stop();
        int lists = lists();

        expired.countDown();

        await(() -> lists() > lists && proxy.requests("GET", "watch=true").size() > 1);
        assertGoesOn(stopped);
    }

    @Test
    void aWatchThatIsRefusedForAnExpiredVersionHidesNothing() throws Exception {
        CompletableFuture<ObjectNode> stopped = stop();

        proxy.next(1000, Request::isWatch, Fault.status(410, "too old resource version: 1 (2)"));
        proxy.cutWatches();

        giveTimeForWatches(3);
        assertGoesOn(stopped);
    }

    @Test
    void aListThatHasExpiredIsReadAgain() throws Exception {
        CompletableFuture<ObjectNode> stopped = stop();

        proxy.next(
                2,
                request -> request.target().contains("/pods") && !request.isWatch(),
                Fault.status(410, "The provided continue parameter is too old"));
        proxy.next(1, Request::isWatch, Fault.status(410, "too old resource version: 1 (2)"));
        proxy.cutWatches();

        giveTimeForWatches(3);
        assertGoesOn(stopped);
    }

    @Test
    void watchesThatAreDroppedAgainAndAgainAreTakenUp() throws Exception {
        CompletableFuture<ObjectNode> stopped = stop();

        for (int watches = 2; watches <= 5; watches++) {
            proxy.cutWatches();
            giveTimeForWatches(watches);
        }

        assertGoesOn(stopped);
    }

    @Test
    void aWatchThatDiedUnnoticedHidesNothing() throws Exception {
        proxy.next(1000, Request::isWatch, Fault.silence());
        CompletableFuture<ObjectNode> stopped = stop();

        assertGoesOn(stopped);
    }

    private CompletableFuture<ObjectNode> stop() {
        CompletableFuture<ObjectNode> stopped = Background.run(() -> provider.converge(during(web), told));
        told.await("1 pod left");
        return stopped;
    }

    private void assertGoesOn(CompletableFuture<ObjectNode> stopped) throws Exception {
        assertFalse(stopped.isDone(), "its pod is still there");
        workloads.releasePods("web");
        assertEquals(json("{'replicas': 0}"), stopped.get(60, TimeUnit.SECONDS));
    }

    private int lists() {
        return (int) proxy.requests("GET", "/pods").stream()
                .filter(request -> !request.isWatch())
                .count();
    }

    /**
     * Waits for a limited time until that many watches were requested. The library silently loses a watch that is cut
     * while it is being established, and then Chartreuse's own reads have to suffice.
     */
    private void giveTimeForWatches(int watches) {
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (proxy.requests("GET", "watch=true").size() < watches && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void await(BooleanSupplier seen) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!seen.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "requests: " + proxy.requests("GET", "/pods"));
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
