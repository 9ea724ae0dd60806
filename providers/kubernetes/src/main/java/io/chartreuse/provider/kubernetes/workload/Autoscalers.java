package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.FieldSetter;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** HorizontalPodAutoscalers and KEDA's ScaledObjects: read, paused and resumed, each with one request. */
final class Autoscalers {

    static final WorkloadKind SCALED_OBJECT =
            new WorkloadKind("keda.sh/v1alpha1", "ScaledObject", "scaledobjects", WorkloadKind.REPLICAS);

    private final LiveObjects<HorizontalPodAutoscaler> podAutoscalers;
    private final LiveObjects<GenericKubernetesResource> scaledObjects;

    private final Set<Autoscaler.Type> types;

    /** @param types those that are paused; others are not looked for */
    Autoscalers(Cluster cluster, Set<Autoscaler.Type> types) {
        this.types = Set.copyOf(types);
        this.podAutoscalers = new LiveObjects<>(cluster, HorizontalPodAutoscaler.class);
        this.scaledObjects = SCALED_OBJECT.in(cluster);
    }

    /** All of the namespace, one request a type. */
    AutoscalerList list() {
        return new AutoscalerList(
                types.contains(Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER) ? podAutoscalers.readAll() : List.of(),
                types.contains(Autoscaler.Type.SCALED_OBJECT)
                        ? scaledObjects.listIfKnown().orElse(List.of())
                        : List.of());
    }

    /** The same one as it is now; empty where it does not exist any more, or scales something else. */
    Optional<Autoscaler> read(Autoscaler known, WorkloadKind kind, String target) {
        if (known.type() == Autoscaler.Type.SCALED_OBJECT) {
            return scaledObjects
                    .find(known.name())
                    .filter(live -> ScaleTarget.of(live).is(kind, target))
                    .map(Autoscaler::of);
        }
        return podAutoscalers
                .find(known.name())
                .filter(live -> ScaleTarget.of(live).is(kind, target))
                .map(Autoscaler::of);
    }

    /** Who set last what scales it, where the API server knows. */
    Optional<FieldSetter> setter(Autoscaler scaler) {
        return scaler.type() == Autoscaler.Type.SCALED_OBJECT
                ? scaledObjects
                        .recent(scaler.name())
                        .flatMap(live -> FieldSetter.of(live, List.of("metadata", "annotations")))
                : podAutoscalers
                        .recent(scaler.name())
                        .flatMap(live -> FieldSetter.of(live, List.of("spec", "behavior"))
                                .or(() -> FieldSetter.of(live, List.of("spec"))));
    }

    /**
     * No more scaling up; where others paused it already, it is held together with them.
     *
     * @return the autoscaler as it is then; empty where it does not exist any more, or scales something else
     */
    Optional<Autoscaler> pause(Autoscaler scaler, Workload target, Hold hold) {
        return edit(
                scaler,
                target,
                live -> ScaleTarget.of(live).is(target.kind(), target.name())
                        ? pause(Autoscaler.of(live), hold, () -> AutoscalerPatch.pause(live, hold))
                        : Optional.empty(),
                live -> ScaleTarget.of(live).is(target.kind(), target.name())
                        ? pause(Autoscaler.of(live), hold, () -> ScaledObjectPatch.pause(live, hold))
                        : Optional.empty());
    }

    private static Optional<ObjectNode> pause(Autoscaler now, Hold hold, Supplier<ObjectNode> first) {
        if (!now.paused()) {
            return Optional.of(first.get());
        }
        return now.holds().contains(hold.holder())
                ? Optional.empty()
                : Optional.of(AutoscalerPatch.holders(now.holds().with(hold)));
    }

    /**
     * Scales again, unless others hold it too.
     *
     * @return the autoscaler as it is then; empty where it does not exist any more, or scales something else
     */
    Optional<Autoscaler> resume(Autoscaler scaler, Workload target, String holder) {
        return edit(
                scaler,
                target,
                live -> held(Autoscaler.of(live), target, holder)
                        .map(now -> now.resumableBy(holder, target)
                                ? AutoscalerPatch.resume(live)
                                : AutoscalerPatch.holders(now.holds().without(holder))),
                live -> held(Autoscaler.of(live), target, holder)
                        .map(now -> now.resumableBy(holder, target)
                                ? ScaledObjectPatch.resume(live)
                                : AutoscalerPatch.holders(now.holds().without(holder))));
    }

    /** Lets its fields no longer count as ours. */
    void giveUpFields(Autoscaler scaler, Duration patience) {
        (scaler.type() == Autoscaler.Type.SCALED_OBJECT ? scaledObjects : podAutoscalers)
                .giveUpFields(scaler.name(), patience);
    }

    private static Optional<Autoscaler> held(Autoscaler now, Workload target, String holder) {
        return Optional.of(now)
                .filter(scaler ->
                        scaler.resumableBy(holder, target) || scaler.holds().contains(holder));
    }

    private Optional<Autoscaler> edit(
            Autoscaler scaler,
            Workload target,
            Function<HorizontalPodAutoscaler, Optional<ObjectNode>> podAutoscaler,
            Function<GenericKubernetesResource, Optional<ObjectNode>> scaledObject) {
        return scaler.type() == Autoscaler.Type.SCALED_OBJECT
                ? scaledObjects
                        .edit(scaler.name(), scaledObject)
                        .filter(live -> ScaleTarget.of(live).is(target.kind(), target.name()))
                        .map(Autoscaler::of)
                : podAutoscalers
                        .edit(scaler.name(), podAutoscaler)
                        .filter(live -> ScaleTarget.of(live).is(target.kind(), target.name()))
                        .map(Autoscaler::of);
    }
}
