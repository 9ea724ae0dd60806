package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the one request that pauses or resumes a HorizontalPodAutoscaler. It changes the behavior and its saved copy
 * together. Pure.
 */
final class AutoscalerPatch {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AutoscalerPatch() {}

    /** Disables scaling up, and saves the current behavior. */
    static ObjectNode pause(GenericKubernetesResource live, Hold hold) {
        ObjectNode patch = holders(Holds.none().with(hold)); // marks on an autoscaler that is not paused are stale
        patch.withObject("/metadata/annotations")
                .put(
                        Annotations.FORMER_BEHAVIOR,
                        behavior(live).map(Object::toString).orElse(""));
        patch.withObject("/spec/behavior/scaleUp").put("selectPolicy", "Disabled");
        return patch;
    }

    /** Changes the holders; the autoscaler stays paused. */
    static ObjectNode holders(Holds holds) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        holds.writeTo(patch.withObject("/metadata/annotations"), Annotations.PAUSED_BY);
        return patch;
    }

    /** Restores the former behavior and the target's name, and removes the marks. */
    static ObjectNode resume(GenericKubernetesResource live) {
        ObjectNode patch = holders(Holds.none());
        patch.withObject("/metadata/annotations").putNull(Annotations.FORMER_BEHAVIOR);
        if (Autoscaler.renamed(live)) {
            patch.withObject("/spec/scaleTargetRef").put("name", Autoscaler.target(live));
        }
        Annotations.read(live, Annotations.FORMER_BEHAVIOR)
                .filter(former -> Autoscaler.scaleUpDisabled(live))
                .ifPresent(former -> patch.withObject("/spec").set("behavior", restored(live, former)));
        return patch;
    }

    /** The patch that will resume it; for an autoscaler that is not paused yet, the patch for afterwards. */
    static ObjectNode comeback(GenericKubernetesResource live) {
        if (Autoscaler.renamed(live)
                || Annotations.read(live, Annotations.FORMER_BEHAVIOR).isPresent()) {
            return resume(live);
        }
        ObjectNode patch = holders(Holds.none());
        patch.withObject("/metadata/annotations").putNull(Annotations.FORMER_BEHAVIOR);
        patch.withObject("/spec")
                .set(
                        "behavior",
                        behavior(live)
                                .<JsonNode>map(AutoscalerPatch::unpaused)
                                .orElseGet(JsonNodeFactory.instance::nullNode));
        return patch;
    }

    private static ObjectNode unpaused(ObjectNode behavior) {
        ObjectNode paused = behavior.deepCopy();
        paused.withObject("/scaleUp").put("selectPolicy", "Disabled");
        return MergePatch.between(paused, behavior);
    }

    private static JsonNode restored(GenericKubernetesResource live, String former) {
        ObjectNode now = behavior(live).orElseGet(JsonNodeFactory.instance::objectNode);
        return parse(former)
                .<JsonNode>map(before -> MergePatch.between(now, before))
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static Optional<ObjectNode> behavior(GenericKubernetesResource live) {
        return live.get("spec", "behavior") instanceof Map<?, ?> behavior
                ? Optional.of(JSON.valueToTree(behavior))
                : Optional.empty();
    }

    /**
     * Empty when an edit made the saved value unreadable: then the autoscaler gets its defaults and does not stay
     * paused.
     */
    private static Optional<ObjectNode> parse(String former) {
        try {
            return Optional.of(JSON.readTree(former))
                    .filter(node -> node.isObject() && !node.isEmpty())
                    .map(ObjectNode.class::cast);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
