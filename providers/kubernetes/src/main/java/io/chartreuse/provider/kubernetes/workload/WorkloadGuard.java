package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Map;

/** Checks that a workload is still the one in the plan. Pure. */
final class WorkloadGuard {

    private static final String REMEDY = "make a new plan";

    private WorkloadGuard() {}

    /** @throws ChartreuseException where the workload is gone, or another one has taken its name */
    static void same(Change change, Workload live) {
        if (!live.uid().equals(change.identity().getOrDefault("uid", live.uid()))) {
            throw stale(
                    KubernetesError.WORKLOAD_REPLACED,
                    change.address(),
                    live.title() + " was deleted and created anew since the plan was made");
        }
    }

    static ChartreuseException gone(Address address) {
        return stale(
                KubernetesError.WORKLOAD_REPLACED, address, title(address) + " was deleted since the plan was made");
    }

    /**
     * Refuses to stop a workload that has changed since the plan, because it would not come back as it was. A workload
     * that others hold now, or held when the plan was made, is exempt: its former state is written on it.
     *
     * @throws ChartreuseException where a person has changed the replicas or the autoscaler since
     */
    static void unmoved(Change change, Workload live) {
        ObjectNode before = change.before();
        if (!before.path(WorkloadStates.AUTOSCALER).isTextual()
                && !names(before).equals(names(live))) {
            throw moved(change, "another autoscaler targets it");
        }
        if (!before.has(WorkloadStates.HELD_BY) && live.marks().isEmpty()) {
            notScaled(change, live);
        }
    }

    private static void notScaled(Change change, Workload live) {
        if (live.kind().isSuspended()) {
            boolean suspended = change.before().path(WorkloadStates.SUSPENDED).asBoolean(live.atZero());
            if (suspended != live.atZero()) {
                throw moved(change, live.atZero() ? "it was suspended" : "it is no longer suspended");
            }
            return;
        }
        int then = change.before().path(WorkloadStates.REPLICAS).asInt(live.replicas());
        boolean atZeroMoved = (then == 0) != live.atZero() && !live.startsByItself();
        if (atZeroMoved || live.autoscalers().isEmpty() && then != live.replicas()) {
            throw moved(change, "it was scaled from " + then + " to " + live.replicas());
        }
    }

    private static List<String> names(ObjectNode before) {
        JsonNode several = before.path(WorkloadStates.AUTOSCALERS);
        if (several.isObject()) {
            return several.properties().stream().map(Map.Entry::getKey).toList();
        }
        JsonNode one = before.path(WorkloadStates.AUTOSCALER).path("name");
        return one.isTextual() ? List.of(one.asText()) : List.of();
    }

    private static List<String> names(Workload live) {
        return live.autoscalers().stream().map(Autoscaler::name).distinct().toList();
    }

    private static String title(Address address) {
        return address.kind() + " \"" + address.name() + "\"";
    }

    private static ChartreuseException moved(Change change, String what) {
        return stale(
                KubernetesError.WORKLOAD_MOVED,
                change.address(),
                title(change.address()) + " has moved since the plan was made: " + what);
    }

    private static ChartreuseException stale(KubernetesError code, Address address, String summary) {
        return new ChartreuseException(Diagnostic.error(code, summary, REMEDY).about(address));
    }
}
