package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Fence;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveObjectsTest {

    @TempDir
    Path directory;

    private final ClusterFixture fixture = ClusterFixture.start();
    private Cluster cluster;
    private LiveObjects<Deployment> deployments;

    @BeforeEach
    void connect() {
        Path kubeconfig = fixture.writeKubeconfig(directory.resolve("kubeconfig"));
        cluster = new Cluster(
                new ClusterSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(kubeconfig),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Map.of(),
                        Set.of()),
                Fence.OPEN);
        deployments = new LiveObjects<>(cluster, Deployment.class);
        fixture.workloads().deployment("web", 0);
    }

    @AfterEach
    void disconnect() {
        cluster.close();
        fixture.close();
    }

    @Test
    void theNamespaceIsThatOfTheContextWhereNoneIsSet() {
        assertEquals(fixture.namespace(), cluster.namespace());
    }

    @Test
    void anEditIsDecidedAnewWhereAnotherWriterWasFaster() {
        AtomicInteger decisions = new AtomicInteger();

        deployments.edit("web", live -> {
            if (decisions.incrementAndGet() == 1) {
                fixture.workloads().annotate("web", "another", "writer");
            }
            return Optional.of(
                    annotation("seen", String.valueOf(annotations(live).get("another"))));
        });

        assertTrue(decisions.get() >= 2, "decided once only"); // a controller may write in between, too
        assertEquals(
                "writer", annotations(fixture.workloads().deployment("web")).get("seen"));
    }

    @Test
    void anEditGivesUpWhereOthersWriteAllTheTime() {
        AtomicInteger decisions = new AtomicInteger();

        ChartreuseException tired = assertThrows(
                ChartreuseException.class,
                () -> deployments.edit("web", live -> {
                    fixture.workloads().annotate("web", "another", "writer-" + decisions.incrementAndGet());
                    return Optional.of(annotation("ours", "x"));
                }));

        assertEquals(
                KubernetesError.CONTINUOUS_CONFLICT, tired.diagnostics().get(0).code());
        assertTrue(tired.getMessage().contains("Deployment \"web\""), tired.getMessage());
    }

    @Test
    void anEditOfWhatIsNotThereDoesNothing() {
        assertEquals(Optional.empty(), deployments.edit("api", live -> {
            throw new AssertionError("nothing to decide on");
        }));
    }

    private static Map<String, String> annotations(Deployment live) {
        return Optional.ofNullable(live.getMetadata().getAnnotations()).orElse(Map.of());
    }

    private static ObjectNode annotation(String key, String value) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/annotations").put(key, value);
        return patch;
    }
}
