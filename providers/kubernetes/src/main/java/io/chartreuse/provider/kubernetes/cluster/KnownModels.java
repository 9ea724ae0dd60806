package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How objects of the cluster and kubeconfigs are read and written. One for provider and backend: what it learns about a
 * type costs more than an answer. It does not look for all types that the library has, some thousands, to find one by its
 * kind: we always say which type we mean.
 */
final class KnownModels {

    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization(new ObjectMapper(), false);

    private KnownModels() {}
}
