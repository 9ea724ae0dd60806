package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.OptionalInt;

/** The one request that stops or starts a Deployment: its replicas, and what they were, change together. Pure. */
final class DeploymentPatch {

    private DeploymentPatch() {}

    /** To 0 replicas, with those of now written down. */
    static ObjectNode stop(Deployment live, Mark mark) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = patch.withObject("/metadata/annotations");
        annotations
                .put(Annotations.STOPPED_BY, mark.release())
                .put(Annotations.FORMER_REPLICAS, Integer.toString(Workload.replicas(live)));
        mark.writeTo(annotations);
        patch.withObject("/spec").put("replicas", 0);
        return patch;
    }

    /** The marks taken off, and the replicas set where they are given. */
    static ObjectNode start(OptionalInt replicas) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/annotations")
                .putNull(Annotations.STOPPED_BY)
                .putNull(Annotations.FORMER_REPLICAS)
                .putNull(Annotations.RUN)
                .putNull(Annotations.STOPPED_AT);
        replicas.ifPresent(number -> patch.withObject("/spec").put("replicas", number));
        return patch;
    }
}
