package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes in objects as an API server once stored them. The library's server gives each a uid of its own; but plans and
 * runs name the stored one, so an annotation carries it past.
 */
final class StoredObjects extends KubernetesCrudDispatcher {

    private static final String UID = "test/uid";

    static void create(HasMetadata object, KubernetesClient client) {
        Map<String, String> annotations = new HashMap<>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.put(UID, object.getMetadata().getUid());
        object.getMetadata().setAnnotations(annotations);
        client.resource(object).create();
    }

    @Override
    public void processEvent(
            String path,
            AttributeSet attributes,
            AttributeSet former,
            GenericKubernetesResource resource,
            String state) {
        super.processEvent(path, attributes, former, resource, former == null ? withUid(resource, state) : state);
    }

    private static String withUid(GenericKubernetesResource resource, String state) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        String uid = annotations == null ? null : annotations.remove(UID);
        if (uid == null) {
            return state;
        }
        resource.getMetadata().setUid(uid);
        return Serialization.asJson(resource);
    }
}
