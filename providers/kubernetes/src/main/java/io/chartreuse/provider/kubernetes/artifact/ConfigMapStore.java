package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ConfigMaps of the cluster's namespace, in five requests. */
final class ConfigMapStore {

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

    List<ConfigMap> list(Map<String, String> labels) {
        return cluster.call(
                request("list", ""),
                client -> in(client).withLabels(labels).list().getItems());
    }

    /** Creates it; empty where the name is taken, which after a retried request may be by ourselves. */
    Optional<ConfigMap> create(ConfigMap object) {
        return cluster.write(
                request("create", object.getMetadata().getName()),
                client -> in(client).resource(object).create());
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
