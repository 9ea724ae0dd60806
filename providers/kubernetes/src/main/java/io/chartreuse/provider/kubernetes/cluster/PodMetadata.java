package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.util.List;

/** The pods of the namespace that have not ended, without their specs, which would be the largest part of the list. */
public final class PodMetadata {

    private static final ApiRequest LIST = ApiRequest.of("list", Pod.class, "");
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";
    private static final String NOT_ENDED = "?fieldSelector=status.phase!%3DSucceeded,status.phase!%3DFailed";

    private final Cluster cluster;

    public PodMetadata(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The pods that may have an annotation of that key. */
    public List<GenericKubernetesResource> with(String annotation) {
        String body = cluster.call(LIST, this::list);
        return body.contains(annotation)
                ? KnownModels.SERIALIZATION
                        .unmarshal(body, GenericKubernetesResourceList.class)
                        .getItems()
                : List.of(); // almost always
    }

    private String list(KubernetesClient client) {
        URI address = URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + "/api/v1/namespaces/"
                + cluster.namespace() + "/pods" + NOT_ENDED);
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(address)
                .header("Accept", METADATA_ONLY)
                .build();
        HttpResponse<String> answer = http.sendAsync(request, String.class).join();
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException(new StatusBuilder()
                    .withCode(answer.code())
                    .withMessage(answer.message())
                    .build());
        }
        return answer.body();
    }
}
