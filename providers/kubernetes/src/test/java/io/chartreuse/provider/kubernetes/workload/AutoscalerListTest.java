package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoscalerListTest {

    /** KEDA writes its own HorizontalPodAutoscalers; a ScaledObject is always written by its user. */
    @Test
    void onlyAnAutoscalerThatKedaMadeIsLeftToKeda() {
        AutoscalerList list = new AutoscalerList(Map.of(
                Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER,
                List.of(scaler("keda-hpa-web", true), scaler("web", false)),
                Autoscaler.Type.SCALED_OBJECT,
                List.of(scaler("web-queue", true))));

        assertEquals(
                List.of("web", "web-queue"),
                list.of(WorkloadKind.DEPLOYMENT, "web").stream()
                        .map(Autoscaler::name)
                        .toList());
    }

    private static GenericKubernetesResource scaler(String name, boolean owned) {
        ObjectMetaBuilder metadata = new ObjectMetaBuilder().withName(name).withUid("uid-" + name);
        if (owned) {
            metadata.addNewOwnerReference()
                    .withKind("ScaledObject")
                    .withName("owner")
                    .endOwnerReference();
        }
        GenericKubernetesResource scaler = new GenericKubernetesResource();
        scaler.setMetadata(metadata.build());
        scaler.setAdditionalProperty(
                "spec",
                Map.of(
                        "scaleTargetRef",
                        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "web"),
                        "maxReplicas",
                        5));
        return scaler;
    }
}
