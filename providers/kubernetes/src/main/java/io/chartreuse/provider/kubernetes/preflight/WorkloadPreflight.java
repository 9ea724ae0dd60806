package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.preflight.AccessReview.Answer;
import io.chartreuse.provider.kubernetes.workload.SelectionSettings;
import io.chartreuse.provider.kubernetes.workload.WorkloadKind;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.model.Severity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks what stopping and starting workloads needs. */
public final class WorkloadPreflight implements Preflight, RightsReview {

    private final Cluster cluster;
    private final SelectionSettings selection;
    private final Supplier<Set<WorkloadKind>> kinds;
    private final Function<Address, Optional<WorkloadKind>> kindOf;
    private final AccessReview review;
    private final ServerChecks server;

    /**
     * @param selection where workloads are looked for
     * @param kinds     the kinds that are looked for, as the cluster names them
     * @param kindOf    the kind behind an address, as last found
     */
    public WorkloadPreflight(
            Cluster cluster,
            Clock clock,
            SelectionSettings selection,
            Supplier<Set<WorkloadKind>> kinds,
            Function<Address, Optional<WorkloadKind>> kindOf) {
        this.kinds = kinds;
        this.kindOf = kindOf;
        this.cluster = cluster;
        this.selection = selection;
        this.review = new AccessReview(cluster);
        this.server = new ServerChecks(cluster, clock);
    }

    @Override
    public List<Check> check(List<Change> changes) {
        Set<Right> needed = RightsNeeded.forChanges(changes, kindOf);
        return needed.isEmpty() ? List.of() : List.of(rights(needed));
    }

    @Override
    public List<Check> examine() {
        return server.of(() -> List.of(
                server.api("apps/v1", "deployments", "stopping workloads"),
                server.api("autoscaling/v2", "horizontalpodautoscalers", "pausing autoscalers"),
                server.definition("wiremind.io/v1", "expecteddeploymentscales"),
                rights(forAnyPlan()),
                toNotice()));
    }

    @Override
    public List<Check> reviewRights() {
        Set<Right> needed = forAnyPlan();
        if (needed.isEmpty()) {
            return List.of();
        }
        Check rights = rights(needed);
        return rights.failed() ? List.of(rights, toNotice()) : List.of(rights);
    }

    private Check toNotice() {
        return new RightsCheck(
                        cluster.namespace(),
                        "rights to notice what others do",
                        Severity.WARNING,
                        "watch what is stopped, and look for what is not stopped,")
                .of(ask(RightsNeeded.toNotice(selection, kinds.get())));
    }

    private Set<Right> forAnyPlan() {
        return RightsNeeded.forAnyPlan(selection, kinds.get());
    }

    private Check rights(Set<Right> needed) {
        return new RightsCheck(
                        cluster.namespace(), "rights on workloads", Severity.ERROR, "stop and start the workloads")
                .of(ask(needed));
    }

    /** Asks without the rights that this cluster does not need. */
    private Map<Right, Answer> ask(Set<Right> needed) {
        Map<Right, Answer> answers = review.ask(needed);
        answers.entrySet().removeIf(answer -> answer.getValue() == Answer.DENIED && isUnserved(answer.getKey()));
        return answers;
    }

    /** A right to an API that the cluster does not serve is not needed. */
    private boolean isUnserved(Right right) {
        return RightsNeeded.isOptional(right) && !server.serves(right.group());
    }
}
