package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.model.ChartreuseException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifies the cluster and namespace that Chartreuse runs against. Every namespace has a ConfigMap with the cluster's
 * certificate authority, which is created with the namespace. Its uid is globally unique, and every account that may
 * store plans there may read it. The uid of the {@code kube-system} namespace would also do, but few accounts may read
 * that.
 */
public final class OwnPlace implements ClusterIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(OwnPlace.class);
    private static final String NAME = "kube-root-ca.crt";
    private static final ApiRequest GET = ApiRequest.of("get", ConfigMap.class, NAME);

    private final Cluster cluster;

    public OwnPlace(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Map<String, String> anchor() {
        try {
            return Optional.ofNullable(cluster.call(
                            GET,
                            client -> client.configMaps()
                                    .inNamespace(cluster.namespace())
                                    .withName(NAME)
                                    .get()))
                    .map(found -> Map.of("cluster", found.getMetadata().getUid()))
                    .orElse(Map.of());
        } catch (ChartreuseException e) {
            LOG.debug("the API server does not say which cluster it is of", e);
            return Map.of();
        }
    }
}
