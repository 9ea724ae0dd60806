package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server says "forbidden" before it says "not found". An account without rights to an API that the cluster does
 * not serve is therefore refused, and must not be asked to grant rights to an API that does not exist.
 */
class AbsentApiTest {

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private FaultProxy proxy;
    private Provider provider;

    @BeforeEach
    void connectWithoutRightsToExtensions() {
        Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        proxy = FaultProxy.before(kubeconfig);
        provider = Sessions.provider(kubeconfig);
        cluster.workloads().deployment("web", 2);
        cluster.workloads().annotate("web", "chartreuse.io/stop", "true");
        cluster.workloads().label("web", "release", Sessions.RELEASE);
        proxy.next(1000, "GET", "/scaledobjects", Fault.status(403, "scaledobjects is forbidden"));
        proxy.next(1000, "GET", "/expecteddeploymentscales", Fault.status(403, "is forbidden"));
    }

    @AfterEach
    void disconnect() {
        provider.close();
        proxy.close();
        cluster.close();
    }

    @Test
    void whatTheClusterDoesNotServeIsNotMissed() {
        proxy.next(1000, "GET", "/apis/keda.sh/v1alpha1", Fault.status(404, "not found"));
        proxy.next(1000, "GET", "/apis/wiremind.io/v1", Fault.status(404, "not found"));

        assertEquals("runs 2 replicas", only(provider.refresh()).reason());
    }

    @Test
    void whatItServesIsMissed() {
        proxy.next(1000, "GET", "/apis/keda.sh/v1alpha1", Fault.status(404, "not found"));
        proxy.next(1000, "GET", "/apis/wiremind.io/v1", Fault.answer("""
                {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "wiremind.io/v1", "resources": []}"""));

        ChartreuseException refused = assertThrows(ChartreuseException.class, provider::refresh);
        assertTrue(refused.getMessage().contains("expecteddeploymentscales"), refused.getMessage());
    }
}
