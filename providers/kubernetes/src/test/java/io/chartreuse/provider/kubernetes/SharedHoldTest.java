package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two releases hold one workload: it starts when the last of them lets go. */
class SharedHoldTest {

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private Provider first;
    private Provider second;

    @BeforeEach
    void connect() {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.expectedScale(RELEASE, "web", 1, 0);
        first = provider("shop");
        second = provider("shop-reports");
    }

    @AfterEach
    void disconnect() {
        first.close();
        second.close();
        cluster.close();
    }

    @Test
    void theLastOfThemBringsItBackAsTheFirstFoundIt() throws InterruptedException {
        Resource mine = only(first.refresh());
        first.converge(during(mine), Progress.NONE);
        Resource theirs = only(second.refresh());
        assertEquals(json("{'replicas': 0, 'autoscaler': 'paused', 'heldBy': ['shop']}"), theirs.observed());
        assertEquals(
                json("{'replicas': 0, 'autoscaler': 'paused', 'heldBy': ['shop', 'shop-reports']}"),
                theirs.maintenance().orElseThrow());
        assertEquals(theirs.maintenance().orElseThrow(), second.converge(during(theirs), Progress.NONE));

        assertEquals(mine.desired(), first.converge(after(mine), Progress.NONE));
        assertEquals(0, replicas());
        assertTrue(paused());
        assertEquals(
                Optional.of("shop-reports"),
                Optional.of(workloads
                        .deployment("web")
                        .getMetadata()
                        .getAnnotations()
                        .get("wiremind.io/stopped-by")));

        assertEquals(theirs.desired(), second.converge(after(theirs), Progress.NONE));
        assertEquals(3, replicas());
        assertFalse(paused());
    }

    @Test
    void whoPlannedBeforeTheOtherStoppedJoinsAndLeavesLikewise() throws InterruptedException {
        Resource mine = only(first.refresh());
        Resource theirs = only(second.refresh());
        first.converge(during(mine), Progress.NONE);
        assertEquals(theirs.fingerprint(), only(second.refresh()).fingerprint());

        assertEquals(theirs.maintenance().orElseThrow(), second.converge(during(theirs), Progress.NONE));
        assertEquals(theirs.desired(), second.converge(after(theirs), Progress.NONE));
        assertEquals(0, replicas());
        assertEquals(mine.desired(), first.converge(after(mine), Progress.NONE));
        assertEquals(3, replicas());
        assertFalse(paused());
    }

    @Test
    void aRestoreOfOneLeavesWhatTheOtherHolds() throws InterruptedException {
        first.converge(during(only(first.refresh())), Progress.NONE);

        Resource theirs = only(second.refresh());

        assertEquals(theirs.observed(), theirs.desired());
        assertEquals(0, replicas());
    }

    @Test
    void theReasonNamesRunAndSinceWhen() throws InterruptedException {
        first.converge(during(only(first.refresh())), Progress.NONE);

        String reason = only(first.refresh()).reason();

        assertTrue(reason.matches("stopped by run run-1 of release shop since 20\\d\\d-.*Z"), reason);
    }

    private int replicas() {
        return workloads.deployment("web").getSpec().getReplicas();
    }

    private boolean paused() {
        var behavior = workloads.autoscaler("web").getSpec().getBehavior();
        return behavior != null && "Disabled".equals(behavior.getScaleUp().getSelectPolicy());
    }

    private Provider provider(String holder) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").put("holder", holder);
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }
}
