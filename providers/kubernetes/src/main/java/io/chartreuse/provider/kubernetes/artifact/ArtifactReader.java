package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.Sha256;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a release's artifacts of one kind, and verifies each. */
final class ArtifactReader {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactReader.class);

    private final ConfigMapStore store;
    private final ArtifactKind kind;
    private final String release;

    ArtifactReader(ConfigMapStore store, ArtifactKind kind, String release) {
        this.store = store;
        this.kind = kind;
        this.release = release;
    }

    /** @throws ChartreuseException where the object is foreign, was edited, or lacks a part */
    Optional<Artifact> find(String id) {
        return store.find(ArtifactNames.configMap(kind, release, id)).map(index -> {
            if (!ArtifactLabels.annotation(index, ArtifactLabels.ID).equals(Optional.of(id))) {
                throw foreign(index);
            }
            return read(index);
        });
    }

    /** Oldest first. Leaves out and logs a damaged artifact: one broken run must not hide all others. */
    List<Artifact> list() {
        return list(artifact -> artifact).stream()
                .sorted(Comparator.comparing(Artifact::createdAt).thenComparing(Artifact::id))
                .toList();
    }

    /** The same, but returns only {@code part} of each, in no order: all contents together may not fit into memory. */
    <T> List<T> list(Function<Artifact, T> part) {
        List<T> found = new ArrayList<>();
        store.each(ArtifactLabels.selector(kind, release), index -> {
            try {
                found.add(part.apply(read(index)));
            } catch (ChartreuseException e) {
                LOG.warn("left out: {}", e.getMessage());
            }
        });
        return found;
    }

    /** The artifact that begins in this ConfigMap. */
    Artifact read(ConfigMap index) {
        if (!isOurs(index) || !isNamed(index)) {
            throw foreign(index);
        }
        String content = content(index);
        return new Artifact(
                annotation(index, ArtifactLabels.ID),
                release,
                ArtifactLabels.label(index, ArtifactLabels.FORMAT_VERSION).orElseThrow(() -> foreign(index)),
                createdAt(index),
                content,
                index.getMetadata().getResourceVersion());
    }

    private boolean isOurs(ConfigMap index) {
        return ArtifactLabels.selector(kind, release).entrySet().stream()
                        .allMatch(label ->
                                ArtifactLabels.label(index, label.getKey()).equals(Optional.of(label.getValue())))
                && ArtifactLabels.annotation(index, ArtifactLabels.FULL_RELEASE).equals(Optional.of(release));
    }

    /**
     * Whether its name fits its content: a copy under another name would pass for a second run, or for another plan.
     */
    private boolean isNamed(ConfigMap index) {
        return ArtifactNames.configMap(kind, release, annotation(index, ArtifactLabels.ID))
                .equals(index.getMetadata().getName());
    }

    private String content(ConfigMap index) {
        List<byte[]> chunks = new ArrayList<>();
        chunks.add(chunk(index));
        List<String> parts = ArtifactConfigMap.partNames(index);
        if (parts.size() > PackedContent.MOST_CHUNKS) {
            throw edited(index);
        }
        parts.forEach(name -> chunks.add(part(index, name)));
        try {
            String content = new PackedContent(ArtifactConfigMap.compressed(index), chunks).unpack();
            if (Sha256.of(content).equals(annotation(index, ArtifactLabels.DIGEST))) {
                return content;
            }
        } catch (IOException e) {
            LOG.debug("cannot unpack {}", index.getMetadata().getName(), e);
        }
        throw edited(index);
    }

    private byte[] part(ConfigMap index, String name) {
        String indexName = index.getMetadata().getName();
        ConfigMap part =
                store.find(name).orElseThrow(() -> ArtifactFailures.incomplete(indexName, name, store.namespace()));
        byte[] chunk = chunk(part);
        if (!ArtifactNames.part(indexName, chunk).equals(name)) {
            throw edited(part);
        }
        return chunk;
    }

    private byte[] chunk(ConfigMap object) {
        try {
            return ArtifactConfigMap.chunk(object).orElseThrow(() -> edited(object));
        } catch (IllegalArgumentException notBase64) {
            throw edited(object);
        }
    }

    private Instant createdAt(ConfigMap index) {
        try {
            return Instant.parse(annotation(index, ArtifactLabels.CREATED_AT));
        } catch (DateTimeException e) {
            throw edited(index);
        }
    }

    private String annotation(ConfigMap index, String key) {
        return ArtifactLabels.annotation(index, key).orElseThrow(() -> edited(index));
    }

    private ChartreuseException edited(ConfigMap object) {
        return ArtifactFailures.edited(object.getMetadata().getName(), store.namespace());
    }

    private ChartreuseException foreign(ConfigMap object) {
        return ArtifactFailures.foreign("ConfigMap", object.getMetadata().getName(), store.namespace());
    }
}
