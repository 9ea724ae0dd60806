package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Builds the one request that stops or starts a workload. It changes the replicas and their saved number together.
 * Pure.
 */
final class WorkloadPatch {

    private WorkloadPatch() {}

    /**
     * Sets 0 replicas and saves the current number. A run that stops the workload again keeps the number that it saved
     * before.
     */
    static ObjectNode stop(Workload live, Hold hold) {
        boolean again = live.stale().all().stream()
                .anyMatch(former ->
                        former.holder().equals(hold.holder()) && former.run().equals(hold.run()));
        int former = again ? live.formerReplicas().orElse(live.replicas()) : live.replicas();
        // beside the mark of this run, marks of others count, too: they joined while it was at 0
        Holds holds = (again ? live.stale() : Holds.none()).with(hold);
        ObjectNode patch = holders(live, holds, Optional.of(former));
        scale(patch, live.kind(), 0);
        return patch;
    }

    /** Adds a holder to a stopped workload; the former state stays as the first holder saved it. */
    static ObjectNode join(Workload live, Hold hold) {
        return holders(live, live.holds().with(hold), live.formerReplicas());
    }

    /** Removes one of several holders; the workload stays stopped for the others. */
    static ObjectNode leave(Workload live, String holder) {
        return holders(live, live.holds().without(holder), live.formerReplicas());
    }

    /**
     * Removes all holds, because a running workload is not held. Removes that holder's mark even when the workload was
     * read before the mark was written.
     */
    static ObjectNode clear(Workload live, String holder) {
        ObjectNode patch = holders(live, Holds.none(), Optional.empty());
        HoldLabels.write(patch.withObject("/metadata/labels"), List.of(new Hold(holder, "", "")), Holds.none());
        return patch;
    }

    /** Removes the last holder and starts the workload. */
    static ObjectNode start(Workload live, String holder, int replicas) {
        ObjectNode patch = clear(live, holder);
        scale(patch, live.kind(), replicas);
        return patch;
    }

    /** Writes the holders, and in the same request replaces the annotations of version 1.0. */
    private static ObjectNode holders(Workload live, Holds holds, Optional<Integer> former) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = patch.withObject("/metadata/labels");
        labels.put(Annotations.FORMER_REPLICAS, former.map(Object::toString).orElse(null));
        HoldLabels.write(labels, live.marks(), holds);
        patch.withObject("/metadata/annotations")
                .put(
                        Annotations.STOPPED_BY,
                        holds.all().stream().findFirst().map(Hold::holder).orElse(null))
                .put(Annotations.HELD_BY, holds.isEmpty() ? null : Annotations.IN_LABELS)
                .putNull(Annotations.RUN)
                .putNull(Annotations.STOPPED_AT)
                .putNull(Annotations.FORMER_REPLICAS);
        return patch;
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
