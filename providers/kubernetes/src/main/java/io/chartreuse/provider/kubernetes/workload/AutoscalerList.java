package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What scales workloads in a namespace. An autoscaler that KEDA made for a ScaledObject is left to KEDA. */
record AutoscalerList(List<HorizontalPodAutoscaler> podAutoscalers, List<GenericKubernetesResource> scaledObjects) {

    AutoscalerList {
        podAutoscalers = podAutoscalers.stream()
                .filter(scaler -> !isOfScaledObject(scaler))
                .toList();
        scaledObjects = List.copyOf(scaledObjects);
    }

    static AutoscalerList none() {
        return new AutoscalerList(List.of(), List.of());
    }

    /** Those of one workload, sorted by name. */
    List<Autoscaler> of(WorkloadKind kind, String name) {
        return Stream.concat(
                        podAutoscalers.stream()
                                .filter(live -> ScaleTarget.of(live).is(kind, name))
                                .map(Autoscaler::of),
                        scaledObjects.stream()
                                .filter(live -> ScaleTarget.of(live).is(kind, name))
                                .map(Autoscaler::of))
                .sorted(Comparator.comparing(Autoscaler::name).thenComparing(Autoscaler::type))
                .toList();
    }

    private static boolean isOfScaledObject(HasMetadata live) {
        return live.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("ScaledObject"));
    }
}
