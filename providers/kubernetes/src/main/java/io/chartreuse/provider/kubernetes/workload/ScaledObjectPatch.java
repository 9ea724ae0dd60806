package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/** The one request that pauses or resumes a ScaledObject in KEDA's own way, by annotation. Pure. */
final class ScaledObjectPatch {

    private ScaledObjectPatch() {}

    /** Paused at 0, with the annotation's value of now written down. */
    static ObjectNode pause(GenericKubernetesResource live, Hold hold) {
        ObjectNode patch = AutoscalerPatch.holders(Holds.none().with(hold)); // marks on what is not paused are stale
        patch.withObject("/metadata/annotations")
                .put(Annotations.KEDA_PAUSED, "0")
                .put(
                        Annotations.FORMER_KEDA_PAUSED,
                        Annotations.read(live, Annotations.KEDA_PAUSED).orElse(""));
        return patch;
    }

    /** The annotation as it was. What was deployed anew since, and so lost its pause, keeps what it has. */
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

    /** What will resume it; of one that is not paused yet, what would once it is. */
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
