package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Optional;

/**
 * A HorizontalPodAutoscaler, as far as it matters here.
 *
 * @param min      the fewest replicas that it sets; at 0 it starts its target again on its own
 * @param paused   whether it cannot scale up
 * @param marked   whether it bears the mark of a pause; also where it was deployed anew since and scales again
 * @param pausedBy the release that paused it; empty also where the earlier tool did
 */
public record Autoscaler(
        String name, String uid, int min, int max, boolean paused, boolean marked, Optional<String> pausedBy) {

    /** What the earlier tool put before its target's name to disable it, up to 7.0.0. */
    static final String LEGACY_PREFIX = "wm--disabled--kube-";

    public static Autoscaler of(HorizontalPodAutoscaler live) {
        Integer min = live.getSpec().getMinReplicas();
        boolean legacy = renamed(live);
        boolean marked = Annotations.read(live, Annotations.FORMER_BEHAVIOR).isPresent();
        return new Autoscaler(
                live.getMetadata().getName(),
                live.getMetadata().getUid(),
                min == null ? 1 : min,
                live.getSpec().getMaxReplicas(),
                legacy || marked && scaleUpDisabled(live),
                legacy || marked,
                Annotations.read(live, Annotations.PAUSED_BY));
    }

    /** Whether the autoscaler is this Deployment's, also where it was disabled by renaming its target. */
    static boolean targets(HorizontalPodAutoscaler live, String deployment) {
        var target = live.getSpec().getScaleTargetRef();
        return "Deployment".equals(target.getKind())
                && (deployment.equals(target.getName()) || (LEGACY_PREFIX + deployment).equals(target.getName()));
    }

    /** Whether it was disabled by renaming its target. */
    static boolean renamed(HorizontalPodAutoscaler live) {
        return live.getSpec().getScaleTargetRef().getName().startsWith(LEGACY_PREFIX);
    }

    static boolean scaleUpDisabled(HorizontalPodAutoscaler live) {
        var behavior = live.getSpec().getBehavior();
        return behavior != null
                && behavior.getScaleUp() != null
                && "Disabled".equals(behavior.getScaleUp().getSelectPolicy());
    }

    /** Whether the release may resume it: it paused it, or the earlier tool did. */
    boolean resumableBy(String release) {
        return marked && pausedBy.filter(other -> !other.equals(release)).isEmpty();
    }

    /** The nearest number of replicas that the autoscaler leaves alone. */
    int clamp(int replicas) {
        return Math.max(min, Math.min(max, replicas));
    }

    /** Whether the autoscaler may have set that number of replicas. */
    boolean admits(int replicas) {
        return replicas >= min && replicas <= max;
    }
}
