package io.chartreuse.provider.kubernetes.artifact;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Writes the parts of content that is too large for one ConfigMap. A part's name has the digest of its content, so each
 * part is written once.
 */
final class PartWriter {

    private final ConfigMapStore store;

    PartWriter(ConfigMapStore store) {
        this.store = store;
    }

    void write(List<ConfigMap> parts) {
        for (ConfigMap part : parts) {
            String name = part.getMetadata().getName();
            if (store.create(part).isEmpty() && !holdsTheSame(part)) {
                throw ArtifactFailures.foreign("ConfigMap", name, store.namespace());
            }
        }
    }

    /** Removes parts that no index names any more. */
    void delete(Collection<String> names) {
        names.forEach(store::delete);
    }

    private boolean holdsTheSame(ConfigMap part) {
        byte[] chunk = ArtifactConfigMap.chunk(part).orElseThrow();
        return store.find(part.getMetadata().getName())
                .flatMap(ArtifactConfigMap::chunk)
                .filter(there -> Arrays.equals(there, chunk))
                .isPresent();
    }
}
