package io.chartreuse.provider.kubernetes;

import io.chartreuse.spi.backend.Backend;
import io.chartreuse.testkit.BackendContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class KubernetesBackendContractTest extends BackendContract {

    @TempDir
    private Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();

    @Override
    protected Backend open() {
        return Sessions.backend(cluster.writeKubeconfig(directory.resolve("kubeconfig")));
    }

    @AfterEach
    void close() {
        cluster.close();
    }
}
