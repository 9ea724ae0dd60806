package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.FieldOwnership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The marks of a stop on a workload. They count only while the workload does not run. On a running one they are stale,
 * because each request that starts a workload removes them. Pure.
 *
 * @param held           the holders that keep it stopped
 * @param stale          the holders whose marks are still on it although it runs
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
     * Whether a rollback has copied its annotations from a ReplicaSet. That is so where annotations refer to labels
     * that are missing, or where another manager than version 1.0 wrote the annotations of version 1.0. Only
     * Deployments are concerned.
     */
    private static boolean isCopied(WorkloadKind kind, HasMetadata live) {
        return Annotations.read(live, Annotations.HELD_BY)
                .filter(holders -> holders.equals(Annotations.IN_LABELS)
                        || FieldOwnership.isCopied(live, HELD_BY_FIELD, kind.replicasPath()))
                .isPresent();
    }
}
