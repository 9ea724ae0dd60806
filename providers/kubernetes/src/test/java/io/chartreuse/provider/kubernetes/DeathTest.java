package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a process dies between two requests, the next process can always complete its work. */
class DeathTest {

    private static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path directory;

    private final ClusterFixture cluster =
            ClusterFixture.start().withScaleDefinition().withDefinition("scaledobjects.yaml");
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);
    private Path kubeconfig;

    @BeforeEach
    void install() {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        manifests.scaledObject("web-keda", "Deployment", "web", "");
        workloads.expectedScale(RELEASE, "web", 1, 0);
        workloads.deployment("bystander", 0);
        workloads.annotate("bystander", "wiremind.io/stopped-by", "another");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pausing autoscaler web", "stopping 3 replicas", "pausing autoscaler web-keda", "no pods left"})
    void aStopThatDiedIsUndoneByARestore(String lastWords) {
        dieStopping(lastWords);
        restore();
        assertAllIsAsItWas();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pausing autoscaler web", "stopping 3 replicas", "pausing autoscaler web-keda", "no pods left"})
    void aStopThatDiedIsCompletedByTheNextApply(String lastWords) throws InterruptedException {
        dieStopping(lastWords);
        try (Provider next = Sessions.provider(kubeconfig)) {
            Resource web = web(next);
            assertEquals(web.maintenance().orElseThrow(), next.converge(during(web), Progress.NONE));
            assertEquals(0, workloads.pods("web"));
            assertEquals(web.desired(), next.converge(after(web), Progress.NONE));
        }
        assertAllIsAsItWas();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resuming autoscaler web-keda", "starting 3 replicas", "resuming autoscaler web"})
    void aStartThatDiedIsCompletedByTheNext(String lastWords) throws InterruptedException {
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = web(provider);
            provider.converge(during(web), Progress.NONE);
            assertThrows(Died.class, () -> provider.converge(after(web), dieAt(lastWords)));
        }
        restore();
        assertAllIsAsItWas();
    }

    private void dieStopping(String lastWords) {
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = web(provider);
            assertThrows(Died.class, () -> provider.converge(during(web), dieAt(lastWords)));
        }
    }

    private void restore() {
        try (Provider next = Sessions.provider(kubeconfig)) {
            Resource web = web(next);
            if (!web.observed().equals(web.desired())) {
                assertEquals(web.desired(), next.converge(after(web), Progress.NONE));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Progress dieAt(String lastWords) {
        return said -> {
            if (said.equals(lastWords)) {
                throw new Died();
            }
        };
    }

    private static Resource web(Provider provider) {
        return provider.refresh().stream()
                .filter(resource -> resource.address().name().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    private void assertAllIsAsItWas() {
        assertEquals(3, workloads.deployment("web").getSpec().getReplicas());
        assertNull(workloads.autoscaler("web").getSpec().getBehavior());
        assertEquals(Map.of(), marks(workloads.deployment("web")));
        assertEquals(Map.of(), marks(workloads.autoscaler("web")));
        assertEquals(Map.of(), marks(manifests.scaledObject("web-keda").get()));
        assertEquals(0, workloads.deployment("bystander").getSpec().getReplicas());
        assertEquals(Map.of("wiremind.io/stopped-by", "another"), marks(workloads.deployment("bystander")));
    }

    /** The in-process server keeps a key that was set to null. */
    private static Map<String, String> marks(HasMetadata object) {
        return Stream.of(
                        object.getMetadata().getAnnotations(),
                        object.getMetadata().getLabels())
                .filter(Objects::nonNull)
                .flatMap(all -> all.entrySet().stream())
                .filter(entry -> entry.getValue() != null)
                .filter(entry -> !entry.getKey().startsWith("deployment.kubernetes.io/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
