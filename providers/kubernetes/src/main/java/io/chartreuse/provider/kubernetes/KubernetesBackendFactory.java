package io.chartreuse.provider.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.ClusterSettings;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.BackendFactory;
import io.chartreuse.spi.model.Context;

/** Makes the backend that keeps artifacts in the release's namespace. */
public final class KubernetesBackendFactory implements BackendFactory {

    @Override
    public String name() {
        return KubernetesProviderFactory.NAME;
    }

    @Override
    public Backend create(JsonNode section, Context context) {
        return new KubernetesBackend(
                new Cluster(ClusterSettings.of(section, context), context.fence()), context.release(), context.clock());
    }
}
