package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.workload.SelectionSettings;
import io.chartreuse.provider.kubernetes.workload.WorkloadKind;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Preflight;
import io.chartreuse.spi.Severity;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks for what stopping and starting workloads needs. */
public final class WorkloadPreflight implements Preflight {

    private final Cluster cluster;
    private final SelectionSettings selection;
    private final Function<Address, Optional<WorkloadKind>> kinds;
    private final AccessReview review;
    private final ServerChecks server;

    /**
     * @param selection where workloads are looked for
     * @param kinds     the kind behind an address, as last found
     */
    public WorkloadPreflight(
            Cluster cluster,
            Clock clock,
            SelectionSettings selection,
            Function<Address, Optional<WorkloadKind>> kinds) {
        this.kinds = kinds;
        this.cluster = cluster;
        this.selection = selection;
        this.review = new AccessReview(cluster);
        this.server = new ServerChecks(cluster, clock);
    }

    @Override
    public List<Check> check(List<Change> changes) {
        Set<Right> needed = RightsNeeded.forChanges(changes, kinds);
        return needed.isEmpty() ? List.of() : List.of(rights(needed));
    }

    @Override
    public List<Check> examine() {
        return server.of(() -> List.of(
                server.api("apps/v1", "deployments", "stopping workloads"),
                server.api("autoscaling/v2", "horizontalpodautoscalers", "pausing autoscalers"),
                server.definition("wiremind.io/v1", "expecteddeploymentscales"),
                rights(RightsNeeded.forAnyPlan(selection))));
    }

    private Check rights(Set<Right> needed) {
        return new RightsCheck(
                        cluster.namespace(), "rights on workloads", Severity.ERROR, "stop and start the workloads")
                .of(review.ask(needed));
    }
}
