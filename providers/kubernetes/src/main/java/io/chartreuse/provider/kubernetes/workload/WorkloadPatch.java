package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The one request that stops or starts a workload: its replicas, and what they were, change together. Pure. */
final class WorkloadPatch {

    private WorkloadPatch() {}

    /** To 0 replicas, with those of now written down. */
    static ObjectNode stop(Workload live, Hold hold) {
        ObjectNode patch = holders(live.holds().without(hold.holder()).with(hold));
        annotations(patch).put(Annotations.FORMER_REPLICAS, Integer.toString(live.replicas()));
        scale(patch, live.kind(), 0);
        return patch;
    }

    /** Another that holds what stands still already; its former state stays as the first wrote it. */
    static ObjectNode join(Workload live, Hold hold) {
        return holders(live.holds().with(hold));
    }

    /** One of several lets go: it stays as it is for the others. */
    static ObjectNode leave(Workload live, String holder) {
        return holders(live.holds().without(holder));
    }

    /** The last lets go of what runs already. */
    static ObjectNode clear() {
        ObjectNode patch = holders(Holds.none());
        annotations(patch).putNull(Annotations.FORMER_REPLICAS);
        return patch;
    }

    /** The last lets go, and it starts. */
    static ObjectNode start(WorkloadKind kind, int replicas) {
        ObjectNode patch = clear();
        scale(patch, kind, replicas);
        return patch;
    }

    private static ObjectNode holders(Holds holds) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        holds.writeTo(annotations(patch), Annotations.STOPPED_BY);
        return patch;
    }

    private static ObjectNode annotations(ObjectNode patch) {
        return patch.withObject("/metadata/annotations");
    }

    private static void scale(ObjectNode patch, WorkloadKind kind, int replicas) {
        List<String> path = kind.replicasPath();
        ObjectNode parent = patch;
        for (String field : path.subList(0, path.size() - 1)) {
            parent = parent.withObjectProperty(field);
        }
        JsonNode value = kind.isSuspended() ? BooleanNode.valueOf(replicas == 0) : IntNode.valueOf(replicas);
        parent.set(path.get(path.size() - 1), value);
    }
}
