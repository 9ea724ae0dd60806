package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The autoscalers of a namespace, without those that KEDA has created for a ScaledObject. */
record AutoscalerList(Map<Autoscaler.Type, List<GenericKubernetesResource>> objects) {

    AutoscalerList {
        objects = Map.copyOf(objects);
    }

    static AutoscalerList none() {
        return new AutoscalerList(Map.of());
    }

    /** The autoscalers of one workload, sorted by name. */
    List<Autoscaler> of(WorkloadKind kind, String name) {
        return objects.entrySet().stream()
                .flatMap(of -> of.getValue().stream()
                        .filter(live -> of.getKey() == Autoscaler.Type.SCALED_OBJECT || !isOfScaledObject(live))
                        .filter(live -> ScaleTarget.of(of.getKey(), live).is(kind, name))
                        .map(live -> Autoscaler.of(of.getKey(), live)))
                .sorted(Comparator.comparing(Autoscaler::name).thenComparing(Autoscaler::type))
                .toList();
    }

    private static boolean isOfScaledObject(HasMetadata live) {
        return live.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("ScaledObject"));
    }
}
