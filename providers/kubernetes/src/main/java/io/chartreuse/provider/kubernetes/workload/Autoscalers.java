package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.FieldSetter;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** HorizontalPodAutoscalers and KEDA's ScaledObjects: read, paused and resumed, each with one request. */
final class Autoscalers {

    private final Map<Autoscaler.Type, LiveObjects<GenericKubernetesResource>> objects =
            new EnumMap<>(Autoscaler.Type.class);
    private final Set<Autoscaler.Type> types;

    /** @param types the types that are paused; others are not read */
    Autoscalers(Cluster cluster, Set<Autoscaler.Type> types) {
        this.types = Set.copyOf(types);
        for (Autoscaler.Type type : Autoscaler.Type.values()) {
            objects.put(type, type.definition().in(cluster));
        }
    }

    /** All autoscalers of the namespace, with one request per type. */
    AutoscalerList list() {
        return new AutoscalerList(types.stream().collect(Collectors.toMap(Function.identity(), this::list)));
    }

    /** Empty where the cluster has no KEDA. */
    private List<GenericKubernetesResource> list(Autoscaler.Type type) {
        return type == Autoscaler.Type.SCALED_OBJECT
                ? objects.get(type).listIfKnown().orElse(List.of())
                : objects.get(type).readAll();
    }

    /** The autoscaler as it is now; empty where it no longer exists, or scales another workload. */
    Optional<Autoscaler> read(Autoscaler known, WorkloadKind kind, String target) {
        return objects.get(known.type())
                .find(known.name())
                .filter(live -> ScaleTarget.of(known.type(), live).is(kind, target))
                .map(live -> Autoscaler.of(known.type(), live));
    }

    /** The last manager that set what scales it, where the API server knows. */
    Optional<FieldSetter> setter(Autoscaler scaler) {
        Optional<GenericKubernetesResource> recent = objects.get(scaler.type()).recent(scaler.name());
        return scaler.type() == Autoscaler.Type.SCALED_OBJECT
                ? recent.flatMap(live -> FieldSetter.of(live, List.of("metadata", "annotations")))
                : recent.flatMap(live -> FieldSetter.of(live, List.of("spec", "behavior"))
                        .or(() -> FieldSetter.of(live, List.of("spec"))));
    }

    /**
     * Disables scaling up; where others have paused it already, adds this hold.
     *
     * @return the autoscaler afterwards; empty where it no longer exists, or scales another workload
     */
    Optional<Autoscaler> pause(Autoscaler scaler, Workload target, Hold hold) {
        return edit(scaler, target, live -> {
            if (!ScaleTarget.of(scaler.type(), live).is(target.kind(), target.name())) {
                return Optional.empty();
            }
            Autoscaler now = Autoscaler.of(scaler.type(), live);
            if (now.paused()) {
                return now.holds().contains(hold.holder())
                        ? Optional.empty()
                        : Optional.of(AutoscalerPatch.holders(now.holds().with(hold)));
            }
            return Optional.of(
                    scaler.type() == Autoscaler.Type.SCALED_OBJECT
                            ? ScaledObjectPatch.pause(live, hold)
                            : AutoscalerPatch.pause(live, hold));
        });
    }

    /**
     * Resumes it, unless others hold it too.
     *
     * @return the autoscaler afterwards; empty where it no longer exists, or scales another workload
     */
    Optional<Autoscaler> resume(Autoscaler scaler, Workload target, String holder) {
        return edit(scaler, target, live -> {
            Autoscaler now = Autoscaler.of(scaler.type(), live);
            if (now.resumableBy(holder, target)) {
                return Optional.of(
                        scaler.type() == Autoscaler.Type.SCALED_OBJECT
                                ? ScaledObjectPatch.resume(live)
                                : AutoscalerPatch.resume(live));
            }
            return now.holds().contains(holder)
                    ? Optional.of(AutoscalerPatch.holders(now.holds().without(holder)))
                    : Optional.empty();
        });
    }

    /** Gives up Chartreuse's ownership of its fields. */
    void giveUpFields(Autoscaler scaler, Duration patience) {
        objects.get(scaler.type()).giveUpFields(scaler.name(), patience);
    }

    private Optional<Autoscaler> edit(
            Autoscaler scaler, Workload target, Function<GenericKubernetesResource, Optional<ObjectNode>> decide) {
        return objects.get(scaler.type())
                .edit(scaler.name(), decide)
                .filter(live -> ScaleTarget.of(scaler.type(), live).is(target.kind(), target.name()))
                .map(live -> Autoscaler.of(scaler.type(), live));
    }
}
