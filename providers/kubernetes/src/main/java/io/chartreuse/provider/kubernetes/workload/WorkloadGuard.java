package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import java.util.Optional;

/** Says whether a workload is still the one that the plan speaks of. Pure. */
final class WorkloadGuard {

    private static final String REMEDY = "make a new plan";

    private WorkloadGuard() {}

    /** @throws ChartreuseException where the Deployment is gone, or another one has taken its name */
    static void same(Change change, Workload live) {
        if (!live.uid().equals(change.identity().getOrDefault("uid", live.uid()))) {
            throw stale(
                    KubernetesError.WORKLOAD_REPLACED,
                    change.address(),
                    "deployment \"" + live.name() + "\" was deleted and created anew since the plan was made");
        }
    }

    static ChartreuseException gone(Address address) {
        return stale(
                KubernetesError.WORKLOAD_REPLACED,
                address,
                "deployment \"" + address.name() + "\" was deleted since the plan was made");
    }

    /**
     * Refuses to stop what is no longer what the plan found: it would come back otherwise than it was.
     *
     * @throws ChartreuseException where the replicas or the autoscaler were changed by a person since
     */
    static void unmoved(Change change, Workload live) {
        ObjectNode before = change.before();
        Optional<String> planned = Optional.of(
                        before.path(WorkloadStates.AUTOSCALER).path("name"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
        if (!before.path(WorkloadStates.AUTOSCALER).isTextual()
                && !planned.equals(live.autoscaler().map(Autoscaler::name))) {
            throw moved(change, "another autoscaler targets it");
        }
        int then = before.path(WorkloadStates.REPLICAS).asInt(live.replicas());
        boolean atZeroMoved = (then == 0) != (live.replicas() == 0) && !live.startsByItself();
        if (atZeroMoved || live.autoscaler().isEmpty() && then != live.replicas()) {
            throw moved(change, "it was scaled from " + then + " to " + live.replicas());
        }
    }

    private static ChartreuseException moved(Change change, String what) {
        return stale(
                KubernetesError.WORKLOAD_MOVED,
                change.address(),
                "deployment \"" + change.address().name() + "\" has moved since the plan was made: " + what);
    }

    private static ChartreuseException stale(KubernetesError code, Address address, String summary) {
        return new ChartreuseException(Diagnostic.error(code, summary, REMEDY).about(address));
    }
}
