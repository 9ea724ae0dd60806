package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * The target that an autoscaler names.
 *
 * @param apiVersion empty where it is not given
 */
record ScaleTarget(String apiVersion, String kind, String name) {

    /** The target's kind: a Deployment by default for KEDA; a HorizontalPodAutoscaler has no default. */
    static ScaleTarget of(Autoscaler.Type type, GenericKubernetesResource live) {
        boolean keda = type == Autoscaler.Type.SCALED_OBJECT;
        return new ScaleTarget(
                text(live, "apiVersion", keda ? "apps/v1" : ""),
                text(live, "kind", keda ? "Deployment" : ""),
                text(live, "name", ""));
    }

    /**
     * Whether it is that workload, even where the target was renamed to disable the autoscaler. Ignores the API
     * version.
     */
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
