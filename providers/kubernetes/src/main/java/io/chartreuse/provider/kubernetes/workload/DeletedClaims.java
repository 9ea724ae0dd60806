package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PersistentVolumeClaims that the cluster deletes, with their data, when a workload is scaled to 0: those of a
 * StatefulSet with {@code persistentVolumeClaimRetentionPolicy.whenScaled: Delete}, and of other kinds with the same
 * fields. Pure.
 */
final class DeletedClaims {

    private DeletedClaims() {}

    /** In words, one for each template: {@code data-db-0 to data-db-2}; none of what is at 0. */
    static List<String> of(WorkloadKind kind, GenericKubernetesResource live) {
        if (!"Delete".equals(live.get("spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"))
                || !(live.get("spec", "volumeClaimTemplates") instanceof List<?> templates)) {
            return List.of();
        }
        int first = live.get("spec", "ordinals", "start") instanceof Number start ? start.intValue() : 0;
        int replicas = Workload.replicas(kind, live);
        return replicas == 0
                ? List.of()
                : templates.stream()
                        .flatMap(DeletedClaims::name)
                        .map(name -> name + "-" + live.getMetadata().getName() + "-")
                        .map(prefix ->
                                prefix + first + (replicas == 1 ? "" : " to " + prefix + (first + replicas - 1L)))
                        .toList();
    }

    private static Stream<String> name(Object template) {
        return template instanceof Map<?, ?> fields
                        && fields.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("name") instanceof String name
                ? Stream.of(name)
                : Stream.of();
    }
}
