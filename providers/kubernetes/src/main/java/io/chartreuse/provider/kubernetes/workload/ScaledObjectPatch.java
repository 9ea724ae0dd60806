package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** Builds the one request that pauses or resumes a ScaledObject by KEDA's annotation. Pure. */
final class ScaledObjectPatch {

    private ScaledObjectPatch() {}

    /** Pauses it at 0, and saves the annotation's current value. */
    static ObjectNode pause(GenericKubernetesResource live, Hold hold) {
        ObjectNode patch = AutoscalerPatch.holders(Holds.none().with(hold)); // marks without a pause are stale
        patch.withObject("/metadata/annotations")
                .put(Annotations.KEDA_PAUSED, "0")
                .put(
                        Annotations.FORMER_KEDA_PAUSED,
                        Annotations.read(live, Annotations.KEDA_PAUSED).orElse(""));
        return patch;
    }

    /**
     * Restores the annotation. A ScaledObject that was deployed anew, and so lost its pause, keeps its current value.
     */
    static ObjectNode resume(GenericKubernetesResource live) {
        ObjectNode patch = AutoscalerPatch.holders(Holds.none());
        ObjectNode annotations = patch.withObject("/metadata/annotations");
        annotations.putNull(Annotations.FORMER_KEDA_PAUSED);
        Optional<String> former = Annotations.read(live, Annotations.FORMER_KEDA_PAUSED);
        if (Annotations.read(live, Annotations.KEDA_PAUSED).filter("0"::equals).isPresent()) {
            annotations.put(
                    Annotations.KEDA_PAUSED,
                    former.filter(value -> !value.isEmpty()).orElse(null));
        }
        return patch;
    }

    /** The patch that will resume it; for a ScaledObject that is not paused yet, the patch for afterwards. */
    static ObjectNode comeback(GenericKubernetesResource live) {
        if (Annotations.read(live, Annotations.FORMER_KEDA_PAUSED).isPresent()) {
            return resume(live);
        }
        ObjectNode patch = AutoscalerPatch.holders(Holds.none());
        patch.withObject("/metadata/annotations")
                .putNull(Annotations.FORMER_KEDA_PAUSED)
                .put(
                        Annotations.KEDA_PAUSED,
                        Annotations.read(live, Annotations.KEDA_PAUSED).orElse(null));
        return patch;
    }
}
