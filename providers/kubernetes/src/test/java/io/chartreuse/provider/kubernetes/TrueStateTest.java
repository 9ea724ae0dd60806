package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.finish;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ReadinessState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on a workload show its actual state, not the planned one. */
class TrueStateTest {

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private Path kubeconfig;
    private Provider provider;

    @BeforeEach
    void connect() {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        provider = Sessions.provider(kubeconfig);
        workloads.expectedScale(RELEASE, "web", 1, 0);
    }

    @AfterEach
    void disconnect() {
        provider.close();
        cluster.close();
    }

    private Provider heldBy(String holder) {
        ObjectNode section = Sessions.section();
        section.putObject("workloads").put("holder", holder);
        return Sessions.provider(kubeconfig, section);
    }

    /** The messages of a step besides its state. */
    private static final class Said implements Progress {

        final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        volatile ObjectNode shown;
        volatile ReadinessState standing;
        volatile String how = "";

        @Override
        public void report(String message) {
            lines.add(message);
        }

        @Override
        public void warn(String message) {
            lines.add(message);
        }

        @Override
        public void shows(ObjectNode observed) {
            shown = observed;
        }

        @Override
        public void stands(ReadinessState reached, String words) {
            standing = reached;
            how = words;
        }
    }

    @Test
    void whatAnotherStillHoldsIsShownAtZeroAndCountsAsStopped() throws InterruptedException {
        workloads.deployment("web", 3);
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        try (Provider other = heldBy("billing")) {
            other.converge(during(only(other.refresh())), Progress.NONE);
        }
        Said said = new Said();

        provider.converge(after(web), said);

        assertEquals(json("{'replicas': 0, 'heldBy': ['billing']}"), said.shown);
        assertEquals(ReadinessState.STOPPED, said.standing);
        assertTrue(said.how.startsWith("left stopped by run run-1 of release billing since "), said.how);
    }

    @Test
    void whatAnotherHeldWhenThePlanWasMadeIsShownRunningOnceItRuns() throws InterruptedException {
        workloads.deployment("web", 2);
        try (Provider other = heldBy("billing")) {
            Resource theirs = only(other.refresh());
            other.converge(during(theirs), Progress.NONE);
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            other.converge(after(theirs), Progress.NONE);
            Said said = new Said();

            provider.converge(after(web), said);

            assertEquals(json("{'replicas': 2}"), said.shown);
            assertEquals(null, said.standing);
        }
    }

    @Test
    void theCountThatAnAutoscalerHasSetIsShown() throws InterruptedException {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        provider.converge(after(web), Progress.NONE);
        workloads.scale("web", 5);
        Said said = new Said();

        assertEquals(web.desired(), provider.converge(after(web), said));

        assertEquals(5, said.shown.get("replicas").asInt());
    }

    @Test
    void whatAPersonScaledByHandMeanwhileGetsTheReplicasOfThePlan() throws InterruptedException {
        workloads.deployment("web", 3);
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        workloads.scale("web", 1);
        Said said = new Said();

        assertEquals(web.desired(), provider.converge(after(web), said));

        assertEquals(3, workloads.deployment("web").getSpec().getReplicas());
        assertTrue(
                said.lines.stream().anyMatch(line -> line.endsWith("it has 1 replica, the plan gives it 3")),
                said.lines.toString());
    }

    @Test
    void whatAPersonStartedAfterARunThatDiedKeepsItsReplicas() throws InterruptedException {
        workloads.deployment("web", 3);
        provider.converge(during(only(provider.refresh())), Progress.NONE);
        workloads.scale("web", 5);
        Resource now = only(provider.refresh());
        Said said = new Said();

        assertEquals(now.desired(), provider.converge(after(now), said));

        assertEquals(5, workloads.deployment("web").getSpec().getReplicas());
        assertTrue(
                said.lines.stream()
                        .anyMatch(line -> line.endsWith("it keeps its 5 replicas, and had 3 when it was stopped")),
                said.lines.toString());
    }

    @Test
    void oneReplicaIsOneReplica() throws InterruptedException {
        workloads.deployment("web", 1);
        Resource web = only(provider.refresh());
        Said said = new Said();

        provider.converge(during(web), said);
        provider.converge(after(web), said);

        assertTrue(said.lines.contains("stopping 1 replica"), said.lines.toString());
        assertTrue(said.lines.contains("starting 1 replica"), said.lines.toString());
    }

    @Test
    void podsThatAreReadyAreCountedAndNotTheReplicasThatAreAskedFor() throws InterruptedException {
        workloads.deployment("web", 2);
        Resource web = only(provider.refresh());
        assertEquals("runs 2 replicas", web.reason());
        provider.converge(during(web), Progress.NONE);
        workloads.neverReady("web");
        provider.converge(after(web), Progress.NONE);
        finish(provider);
        workloads.awaitPodCount("web", 2);

        assertEquals("0 of 2 pods ready", only(provider.refresh()).reason());
        assertFalse(only(provider.refresh()).ready());
    }
}
