package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** ConfigMaps of the cluster's namespace, in five requests. */
final class ConfigMapStore {

    private static final long PAGE = 10;

    private final Cluster cluster;

    ConfigMapStore(Cluster cluster) {
        this.cluster = cluster;
    }

    String namespace() {
        return cluster.namespace();
    }

    Optional<ConfigMap> find(String name) {
        return Optional.ofNullable(cluster.call(
                request("get", name), client -> in(client).withName(name).get()));
    }

    /** Reads them a few at a time, as each may be a megabyte. */
    void each(Map<String, String> labels, Consumer<ConfigMap> use) {
        String next = null;
        do {
            ListOptions page =
                    new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
            KubernetesResourceList<ConfigMap> found = cluster.call(
                    request("list", ""), client -> in(client).withLabels(labels).list(page));
            found.getItems().forEach(use);
            next = found.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }

    /**
     * Creates the ConfigMap. Empty where the name is taken, after a retried request perhaps by this process itself. The
     * server checks the quota before the name.
     */
    Optional<ConfigMap> create(ConfigMap object) {
        String name = object.getMetadata().getName();
        try {
            return cluster.write(
                    request("create", name),
                    client -> in(client).resource(object).create());
        } catch (ApiException refused) {
            if (refused.forbidden() && find(name).isPresent()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Replaces that version of it; empty where it is no longer the newest, or the object is gone. */
    Optional<ConfigMap> replace(ConfigMap object, String version) {
        ConfigMap versioned = new ConfigMapBuilder(object)
                .editMetadata()
                .withResourceVersion(version)
                .endMetadata()
                .build();
        return cluster.write(
                request("update", object.getMetadata().getName()),
                client -> in(client).resource(versioned).update());
    }

    void delete(String name) {
        cluster.call(
                request("delete", name), client -> in(client).withName(name).delete());
    }

    private NonNamespaceOperation<ConfigMap, KubernetesResourceList<ConfigMap>, Resource<ConfigMap>> in(
            KubernetesClient client) {
        return client.resources(ConfigMap.class).inNamespace(cluster.namespace());
    }

    private static ApiRequest request(String verb, String name) {
        return ApiRequest.of(verb, ConfigMap.class, name);
    }
}
