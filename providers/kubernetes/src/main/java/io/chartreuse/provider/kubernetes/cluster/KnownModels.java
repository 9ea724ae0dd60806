package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * The serialization of cluster objects and kubeconfigs. Provider and backend share one, because inspecting a type takes
 * longer than a request. It does not register the library's thousand types to find one by its kind, because callers
 * name the type. Only the events of a watch name no type: watched types have to be registered.
 */
final class KnownModels {

    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization(new ObjectMapper(), false);

    static {
        // the object by which the server ends a watch
        SERIALIZATION.registerKubernetesResource(Status.class);
    }

    private KnownModels() {}
}
