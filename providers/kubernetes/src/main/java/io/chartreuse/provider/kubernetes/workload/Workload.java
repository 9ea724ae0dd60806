package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/**
 * A Deployment as it is, with its autoscaler.
 *
 * @param replicas       that it asks for
 * @param stoppedBy      the release whose mark it bears
 * @param formerReplicas its replicas when it was stopped; empty where the earlier tool stopped it
 */
public record Workload(
        String name,
        String uid,
        int replicas,
        Optional<String> stoppedBy,
        Optional<Integer> formerReplicas,
        Optional<Autoscaler> autoscaler) {

    public static Workload of(Deployment live, Optional<Autoscaler> autoscaler) {
        return new Workload(
                live.getMetadata().getName(),
                live.getMetadata().getUid(),
                replicas(live),
                Annotations.read(live, Annotations.STOPPED_BY),
                Annotations.read(live, Annotations.FORMER_REPLICAS).flatMap(Workload::number),
                autoscaler);
    }

    static int replicas(Deployment live) {
        Integer replicas = live.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    /** Whether the release stopped it and it stands still since. */
    boolean stoppedBy(String release) {
        return replicas == 0 && stoppedBy.equals(Optional.of(release));
    }

    /** Whether another release stopped it and it stands still since. */
    boolean stoppedByOtherThan(String release) {
        return replicas == 0
                && stoppedBy.filter(other -> !other.equals(release)).isPresent();
    }

    /** Whether it runs while marks of a stop are still on it: it was deployed anew in between. */
    boolean leftoverOf(String release) {
        return replicas > 0 && stoppedBy.equals(Optional.of(release))
                || autoscaler
                        .filter(scaler -> !scaler.paused() && scaler.resumableBy(release))
                        .isPresent();
    }

    /** Whether it may start without anybody asking: its autoscaler scales from zero. */
    boolean startsByItself() {
        return autoscaler.filter(scaler -> scaler.min() == 0).isPresent();
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(value -> value >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
