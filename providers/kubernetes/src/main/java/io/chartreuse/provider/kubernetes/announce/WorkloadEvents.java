package io.chartreuse.provider.kubernetes.announce;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.InFlightGroup;
import io.chartreuse.provider.kubernetes.workload.WorkloadKind;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Step;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Reports as an Event on a workload that a run has stopped or started it. */
public final class WorkloadEvents implements AutoCloseable {

    private final Cluster cluster;
    private final String release;
    private final Function<Address, Optional<WorkloadKind>> kinds;
    private final EventWriter events;

    /**
     * @param kinds   the kind behind an address, as last found
     * @param working the running steps: their Events are written when all of them have ended
     */
    public WorkloadEvents(
            Cluster cluster,
            Clock clock,
            String release,
            Function<Address, Optional<WorkloadKind>> kinds,
            InFlightGroup working) {
        this.kinds = kinds;
        this.cluster = cluster;
        this.release = release;
        this.events = new EventWriter(cluster, clock, working);
    }

    /** Reports that a step has reached its state. Returns at once and never fails. */
    public void reached(Step step) {
        reference(step).ifPresent(workload -> {
            boolean stopped = step.to() == Phase.DURING;
            events.write(
                    () -> workload,
                    stopped ? "ChartreuseStopped" : "ChartreuseStarted",
                    (stopped ? "stopped" : "started again") + " by run " + step.runId() + " of release " + release
                            + (stopped ? ", until its databases are migrated" : ""),
                    false);
        });
    }

    private Optional<ObjectReference> reference(Step step) {
        Address address = step.change().address();
        return kinds.apply(address)
                .map(kind -> new ObjectReferenceBuilder()
                        .withApiVersion(kind.apiVersion())
                        .withKind(kind.kind())
                        .withNamespace(cluster.namespace())
                        .withName(address.name())
                        .withUid(step.change().identity().get("uid"))
                        .build());
    }

    @Override
    public void close() {
        events.close();
    }
}
