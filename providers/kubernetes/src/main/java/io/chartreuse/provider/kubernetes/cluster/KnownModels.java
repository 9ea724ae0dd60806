package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How objects of the cluster and kubeconfigs are read and written. One for provider and backend: what it learns about a
 * type costs more than an answer. It does not look for all types that the library has, a thousand, to find one by its kind:
 * we say which type we mean. Only the events of a watch do not: what is watched has to be registered.
 */
final class KnownModels {

    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization(new ObjectMapper(), false);

    static {
        // how a watch ends that the server refuses to go on with
        SERIALIZATION.registerKubernetesResource(Status.class);
    }

    private KnownModels() {}
}
