package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.backend.Announcement;
import io.chartreuse.spi.backend.Announcer;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Events that people who watch the cluster see. Closing waits for Events that are not written yet. */
class EventsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private Path kubeconfig;

    @BeforeEach
    void connect() {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private List<Event> ours() {
        return cluster.client().v1().events().inNamespace(cluster.namespace()).list().getItems().stream()
                .filter(event -> event.getSource() != null
                        && "chartreuse".equals(event.getSource().getComponent()))
                .sorted(Comparator.comparing(Event::getReason))
                .toList();
    }

    @Test
    void aWorkloadTellsWhichRunStoppedAndStartedIt() throws Exception {
        cluster.workloads().deployment("web", 1);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        String uid;
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = only(provider.refresh());
            uid = web.identity().get("uid");
            provider.converge(during(web), Progress.NONE);
            provider.converge(after(web), Progress.NONE);
        }

        List<Event> events = ours();
        assertEquals(
                List.of("ChartreuseStarted", "ChartreuseStopped"),
                events.stream().map(Event::getReason).toList());
        Event stopped = events.get(1);
        assertEquals(
                "Deployment web " + uid,
                stopped.getInvolvedObject().getKind() + " "
                        + stopped.getInvolvedObject().getName() + " "
                        + stopped.getInvolvedObject().getUid());
        assertTrue(stopped.getMessage().startsWith("stopped by run run-1 of release shop"), stopped.getMessage());
        assertEquals("Normal", stopped.getType());
    }

    @Test
    void theRunsConfigMapTellsHowItGoes() throws Exception {
        try (Backend backend = Sessions.backend(kubeconfig)) {
            backend.journal().write(new Artifact("run-1", RELEASE, "1.0", NOON, "{}", ""));
            Announcer announcer = (Announcer) backend;
            announcer.announce(new Announcement("run-1", "RunBegun", "Run run-1 begins", false));
            announcer.announce(new Announcement("run-1", "RunHeld", "x".repeat(3000), true));
        }

        List<Event> events = ours();
        assertEquals(
                List.of("RunBegun", "RunHeld"),
                events.stream().map(Event::getReason).toList());
        assertEquals(
                "ConfigMap chartreuse-run-shop.run-1",
                events.get(0).getInvolvedObject().getKind() + " "
                        + events.get(0).getInvolvedObject().getName());
        assertEquals("Warning", events.get(1).getType());
        assertEquals(1000, events.get(1).getMessage().length());
    }

    @Test
    void whatCannotBeToldFailsNothing() {
        try (Backend backend = Sessions.backend(kubeconfig)) {
            ((Announcer) backend).announce(new Announcement("unknown", "RunBegun", "nobody hears it", false));
        }
        assertEquals(List.of(), ours());
    }

    @Test
    void aKindThatHasNoEventsIsPassedOver() throws Exception {
        cluster.workloads().expectedScale(RELEASE, "gone", 1, 0);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Step step = during(only(provider.refresh()));
            provider.converge(step, Progress.NONE);
        }
        assertEquals(List.of(), ours(), "a Deployment that does not exist has nothing to tell");
    }
}
