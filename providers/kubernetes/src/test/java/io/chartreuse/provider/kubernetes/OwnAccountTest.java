package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.spi.backend.AccountAware;
import io.chartreuse.spi.backend.Backend;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAccountTest {

    @TempDir
    private Path directory;

    /** The in-process server does not know the question, as with servers before Kubernetes 1.28. */
    @Test
    void aClusterSaysWhoWeAreAndOneThatCannotIsNoFault() {
        try (ClusterFixture cluster = ClusterFixture.start();
                Backend backend = Sessions.backend(cluster.writeKubeconfig(directory.resolve("kubeconfig")))) {
            Optional<String> account = ((AccountAware) backend).account();
            assertEquals(cluster.isReal(), account.isPresent());
        }
    }
}
