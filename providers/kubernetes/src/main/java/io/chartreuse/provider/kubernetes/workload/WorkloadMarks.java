package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
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

    static WorkloadMarks of(HasMetadata live, boolean atZero) {
        Holds inLabels = HoldLabels.read(live);
        boolean copied = inLabels.isEmpty() && isLabelled(live);
        Holds written = inLabels.isEmpty() ? Holds.of(live, Annotations.STOPPED_BY) : inLabels;
        return new WorkloadMarks(
                atZero && !copied ? written : Holds.none(),
                atZero ? Holds.none() : written,
                Annotations.label(live, Annotations.FORMER_REPLICAS)
                        .or(() -> Annotations.read(live, Annotations.FORMER_REPLICAS))
                        .flatMap(Workload::number));
    }

    boolean isNone() {
        return held.isEmpty() && stale.isEmpty();
    }

    /** Whether its annotations say that labels hold its marks. Without these a rollback has brought the annotations. */
    private static boolean isLabelled(HasMetadata live) {
        return Annotations.read(live, Annotations.HELD_BY)
                .filter(Annotations.IN_LABELS::equals)
                .isPresent();
    }
}
