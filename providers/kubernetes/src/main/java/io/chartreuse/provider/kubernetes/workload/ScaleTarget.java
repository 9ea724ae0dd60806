package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Objects;

/**
 * What an autoscaler scales, as it says itself.
 *
 * @param apiVersion empty where it does not say
 */
record ScaleTarget(String apiVersion, String kind, String name) {

    static ScaleTarget of(HorizontalPodAutoscaler live) {
        var target = live.getSpec().getScaleTargetRef();
        return new ScaleTarget(
                Objects.requireNonNullElse(target.getApiVersion(), ""), target.getKind(), target.getName());
    }

    /** KEDA's default is a Deployment. */
    static ScaleTarget of(GenericKubernetesResource scaledObject) {
        return new ScaleTarget(
                text(scaledObject, "apiVersion", "apps/v1"),
                text(scaledObject, "kind", "Deployment"),
                text(scaledObject, "name", ""));
    }

    /** Whether it is that workload, also where it was disabled by renaming its target. Versions of a group are one. */
    boolean is(WorkloadKind workload, String workloadName) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return kind.equals(workload.kind())
                && (apiVersion.isEmpty() || group.equals(workload.group()))
                && (name.equals(workloadName) || name.equals(Autoscaler.LEGACY_PREFIX + workloadName));
    }

    private static String text(GenericKubernetesResource object, String field, String otherwise) {
        return object.get("spec", "scaleTargetRef", field) instanceof String text && !text.isEmpty() ? text : otherwise;
    }
}
