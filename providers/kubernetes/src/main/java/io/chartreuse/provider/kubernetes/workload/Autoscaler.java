package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.FieldOwnership;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;

/**
 * An object that scales a workload.
 *
 * @param type   a HorizontalPodAutoscaler, or KEDA's ScaledObject
 * @param min    the fewest replicas that it sets; at 0 it starts its target again on its own
 * @param paused whether it cannot scale up
 * @param marked whether it carries the mark of a pause, even if it was deployed anew since and scales again
 * @param holds  the holders that paused it; empty also where the earlier tool paused it
 * @param keepsFields whether an aborted run still counts as the owner of fields, although no run holds it
 * @param resume the merge patch that makes it scale as it did when it was not paused
 */
public record Autoscaler(
        Type type,
        String name,
        String uid,
        int min,
        int max,
        boolean paused,
        boolean marked,
        Holds holds,
        boolean keepsFields,
        ObjectNode resume) {

    /** The prefix by which the earlier tool, up to 7.0.0, disabled an autoscaler: it renamed the target. */
    static final String LEGACY_PREFIX = "wm--disabled--kube-";

    /** The kinds of objects that scale others. */
    public enum Type {
        HORIZONTAL_POD_AUTOSCALER("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
        SCALED_OBJECT("keda.sh/v1alpha1", "ScaledObject", "scaledobjects");

        private final WorkloadKind definition;

        Type(String apiVersion, String kind, String plural) {
            this.definition = new WorkloadKind(apiVersion, kind, plural, WorkloadKind.REPLICAS);
        }

        /** As in manifests: {@code ScaledObject}. */
        public String kind() {
            return definition.kind();
        }

        /** The kind in the API. */
        WorkloadKind definition() {
            return definition;
        }

        String qualified() {
            return definition.qualified();
        }
    }

    /** @param live as the API server has it */
    static Autoscaler of(Type type, GenericKubernetesResource live) {
        return type == Type.SCALED_OBJECT ? ofScaledObject(live) : ofPodAutoscaler(live);
    }

    private static Autoscaler ofPodAutoscaler(GenericKubernetesResource live) {
        boolean legacy = renamed(live);
        boolean marked = Annotations.read(live, Annotations.FORMER_BEHAVIOR).isPresent();
        return new Autoscaler(
                Type.HORIZONTAL_POD_AUTOSCALER,
                live.getMetadata().getName(),
                live.getMetadata().getUid(),
                number(live, "minReplicas", 1),
                number(live, "maxReplicas", Integer.MAX_VALUE),
                legacy || marked && scaleUpDisabled(live),
                legacy || marked,
                Holds.of(live, Annotations.PAUSED_BY),
                keepsFields(live),
                AutoscalerPatch.comeback(live));
    }

    /** KEDA's defaults are 0 and 100. */
    private static Autoscaler ofScaledObject(GenericKubernetesResource scaledObject) {
        boolean marked =
                Annotations.read(scaledObject, Annotations.FORMER_KEDA_PAUSED).isPresent();
        boolean paused = Annotations.read(scaledObject, Annotations.KEDA_PAUSED)
                .filter("0"::equals)
                .isPresent();
        return new Autoscaler(
                Type.SCALED_OBJECT,
                scaledObject.getMetadata().getName(),
                scaledObject.getMetadata().getUid(),
                number(scaledObject, "minReplicaCount", 0),
                number(scaledObject, "maxReplicaCount", 100),
                marked && paused,
                marked,
                Holds.of(scaledObject, Annotations.PAUSED_BY),
                keepsFields(scaledObject),
                ScaledObjectPatch.comeback(scaledObject));
    }

    private static int number(GenericKubernetesResource live, String field, int otherwise) {
        return live.get("spec", field) instanceof Number number ? number.intValue() : otherwise;
    }

    private static boolean keepsFields(HasMetadata live) {
        return Holds.of(live, Annotations.PAUSED_BY).isEmpty() && FieldOwnership.isOurs(live);
    }

    /** The name of a HorizontalPodAutoscaler's target, without the prefix that disables the autoscaler. */
    static String target(GenericKubernetesResource live) {
        String name = targetNow(live);
        return renamed(live) ? name.substring(LEGACY_PREFIX.length()) : name;
    }

    /** Whether a HorizontalPodAutoscaler was disabled by renaming its target. */
    static boolean renamed(GenericKubernetesResource live) {
        return targetNow(live).startsWith(LEGACY_PREFIX);
    }

    private static String targetNow(GenericKubernetesResource live) {
        return ScaleTarget.of(Type.HORIZONTAL_POD_AUTOSCALER, live).name();
    }

    /** Whether the earlier tool disabled it by renaming its target. Resuming it restores the target's name. */
    boolean isRenamed() {
        return resume.at("/spec/scaleTargetRef/name").isTextual();
    }

    static boolean scaleUpDisabled(GenericKubernetesResource live) {
        return "Disabled".equals(live.get("spec", "behavior", "scaleUp", "selectPolicy"));
    }

    /** Its name for people: {@code horizontalpodautoscaler "web"}. */
    String title() {
        return type.kind().toLowerCase(Locale.ROOT) + " \"" + name + "\"";
    }

    /** Whether it scales again when that holder lets go. Every holder may resume what the earlier tool paused. */
    boolean resumableBy(String holder, Workload workload) {
        return marked
                && holds.without(holder).isEmpty()
                && (holds.contains(holder) || workload.holds().without(holder).isEmpty());
    }

    /** The nearest number of replicas within its bounds. */
    int clamp(int replicas) {
        return Math.max(min, Math.min(max, replicas));
    }

    /** Whether it may have set that number of replicas. */
    boolean admits(int replicas) {
        return replicas >= min && replicas <= max;
    }
}
