package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.spi.model.ChartreuseException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/**
 * Deletes artifacts of one kind. Deletes the index first, because parts are only read through the index. A process that
 * dies in between leaves unused parts, but never an artifact that cannot be read.
 */
final class ArtifactRemoval {

    private final ConfigMapStore store;
    private final ArtifactKind kind;
    private final String release;

    ArtifactRemoval(ConfigMapStore store, ArtifactKind kind, String release) {
        this.store = store;
        this.kind = kind;
        this.release = release;
    }

    /** @throws ChartreuseException where the object of that name is not the artifact of that id */
    void of(String id) {
        String name = ArtifactNames.configMap(kind, release, id);
        Optional<ConfigMap> index = store.find(name);
        if (index.isEmpty()) {
            return;
        }
        if (!isTheOne(index.get(), id)) {
            throw ArtifactFailures.foreign("ConfigMap", name, store.namespace());
        }
        store.delete(name);
        ArtifactConfigMap.partNames(index.get()).stream()
                .filter(part -> part.startsWith(name + ".part-"))
                .forEach(store::delete);
    }

    private boolean isTheOne(ConfigMap index, String id) {
        boolean selected = ArtifactLabels.selector(kind, release).entrySet().stream()
                .allMatch(label -> ArtifactLabels.label(index, label.getKey()).equals(Optional.of(label.getValue())));
        return selected
                && ArtifactLabels.annotation(index, ArtifactLabels.ID).equals(Optional.of(id))
                && ArtifactLabels.annotation(index, ArtifactLabels.FULL_RELEASE).equals(Optional.of(release));
    }
}
