package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.json;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoscalersTest {

    private static final String KEDA_PAUSED = "autoscaling.keda.sh/paused-replicas";

    @TempDir
    Path directory;

    private final ClusterFixture cluster =
            ClusterFixture.start().withScaleDefinition().withDefinition("scaledobjects.yaml");
    private final SampleWorkloads workloads = cluster.workloads();
    private final Manifests manifests = new Manifests(cluster);
    private Provider provider;

    @BeforeEach
    void connect() {
        provider = Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")));
    }

    @AfterEach
    void disconnect() {
        provider.close();
        cluster.close();
    }

    @Test
    void allAutoscalersOfAWorkloadArePausedAndResumed() throws InterruptedException {
        web(3);
        workloads.autoscaler("web", 2, 10);
        cluster.client()
                .resource(workloads
                        .autoscalerOf("web", 1, 5)
                        .editMetadata()
                        .withName("web-by-queue")
                        .endMetadata()
                        .build())
                .create();
        Resource web = only(provider.refresh());
        assertEquals(
                json("{'replicas': 0, 'autoscalers': {'web': 'paused', 'web-by-queue': 'paused'}}"),
                provider.converge(during(web), Progress.NONE));
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertNull(workloads.autoscaler("web").getSpec().getBehavior());
        assertNull(workloads.autoscaler("web-by-queue").getSpec().getBehavior());
    }

    @Test
    void theAutoscalerOfAStatefulSetIsFound() throws InterruptedException {
        manifests.statefulSet(
                "db",
                2,
                "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true', chartreuse.io/priority: '7'}");
        workloads.awaitPodCount("db", 2);
        cluster.client()
                .resource(workloads
                        .autoscalerOf("db", 1, 5)
                        .editSpec()
                        .editScaleTargetRef()
                        .withKind("StatefulSet")
                        .endScaleTargetRef()
                        .endSpec()
                        .build())
                .create();
        Resource db = only(provider.refresh());
        assertEquals(7, db.order());
        assertEquals(json("{'replicas': 0, 'autoscaler': 'paused'}"), provider.converge(during(db), Progress.NONE));
        assertEquals(db.desired(), provider.converge(after(db), Progress.NONE));
    }

    @Test
    void aScaledObjectIsPausedInKedasOwnWayAndResumed() throws InterruptedException {
        web(3);
        manifests.scaledObject("web", "Deployment", "web", "");
        Resource web = only(provider.refresh());
        assertEquals(
                json("{'replicas': 3, 'autoscaler': {'name': 'web', 'min': 1, 'max': 9, 'kind': 'ScaledObject'}}"),
                web.observed());

        assertEquals(json("{'replicas': 0, 'autoscaler': 'paused'}"), provider.converge(during(web), Progress.NONE));
        assertEquals("0", kedaPaused());
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        assertNull(kedaPaused());
        assertEquals(3, workloads.deployment("web").getSpec().getReplicas());
    }

    @Test
    void aFormerPauseOfAScaledObjectIsPutBack() throws InterruptedException {
        web(3);
        manifests.scaledObject("web", "Deployment", "web", "annotations: {" + KEDA_PAUSED + ": '3'}");
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        assertEquals("0", kedaPaused());
        provider.converge(after(web), Progress.NONE);
        assertEquals("3", kedaPaused());
    }

    @Test
    void theAutoscalerThatKedaMadeIsLeftToKeda() throws InterruptedException {
        web(3);
        manifests.scaledObject("web", "Deployment", "web", "");
        var scaled = manifests.scaledObject("web").get();
        cluster.client()
                .resource(workloads
                        .autoscalerOf("web", 1, 9)
                        .editMetadata()
                        .withName("keda-hpa-web")
                        .addNewOwnerReference()
                        .withApiVersion("keda.sh/v1alpha1")
                        .withKind("ScaledObject")
                        .withName("web")
                        .withUid(scaled.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();
        Resource web = only(provider.refresh());
        provider.converge(during(web), Progress.NONE);
        assertNull(workloads.autoscaler("keda-hpa-web").getSpec().getBehavior());
        assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
    }

    private void web(int replicas) {
        workloads.deployment("web", replicas);
        workloads.expectedScale(RELEASE, "web", 1, 0);
    }

    private String kedaPaused() {
        Map<String, String> annotations =
                manifests.scaledObject("web").get().getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(KEDA_PAUSED);
    }
}
