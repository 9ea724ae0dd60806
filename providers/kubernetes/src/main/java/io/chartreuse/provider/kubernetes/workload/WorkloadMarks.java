package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.FieldOwnership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * What stands on a workload of a stop. It counts only while nothing of the workload runs: on one that runs it is stale, since
 * each request that starts a workload takes the marks off. Pure.
 *
 * @param held           those that keep it stopped
 * @param stale          those whose mark is still on it although it runs
 * @param formerReplicas its replicas when it was stopped
 */
record WorkloadMarks(Holds held, Holds stale, Optional<Integer> formerReplicas) {

    private static final List<String> HELD_BY_FIELD = List.of("metadata", "annotations", Annotations.HELD_BY);

    static WorkloadMarks of(WorkloadKind kind, HasMetadata live, boolean atZero) {
        Holds inLabels = HoldLabels.read(live);
        boolean copied = inLabels.isEmpty() && isCopied(kind, live);
        Holds written = inLabels.isEmpty() ? Holds.of(live, Annotations.STOPPED_BY) : inLabels;
        return new WorkloadMarks(
                atZero && !copied ? written : Holds.none(),
                atZero ? Holds.none() : written,
                Annotations.label(live, Annotations.FORMER_REPLICAS)
                        .or(() -> copied ? Optional.empty() : Annotations.read(live, Annotations.FORMER_REPLICAS))
                        .flatMap(Workload::number));
    }

    boolean isNone() {
        return held.isEmpty() && stale.isEmpty();
    }

    /**
     * Whether a rollback has copied its annotations from a ReplicaSet: those that say that labels hold its marks, without such
     * labels, and those of version 1.0 that another than version 1.0 wrote. Only Deployments are copied from and to.
     */
    private static boolean isCopied(WorkloadKind kind, HasMetadata live) {
        return Annotations.read(live, Annotations.HELD_BY)
                .filter(holders -> holders.equals(Annotations.IN_LABELS)
                        || FieldOwnership.isCopied(live, HELD_BY_FIELD, kind.replicasPath()))
                .isPresent();
    }
}
