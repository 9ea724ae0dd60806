package io.chartreuse.provider.kubernetes.artifact;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** The labels and annotations that identify Chartreuse's objects. */
final class ArtifactLabels {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String OURS = "chartreuse";
    static final String ARTIFACT = "chartreuse.io/artifact";
    static final String RELEASE = "chartreuse.io/release";
    static final String FORMAT_VERSION = "chartreuse.io/format-version";
    static final String PART = "part";

    /** The full names of the release, the id and the rest, which may not be valid label values. */
    static final String FULL_RELEASE = "chartreuse.io/release-name";

    static final String ID = "chartreuse.io/id";
    static final String CREATED_AT = "chartreuse.io/created-at";

    /** Digest of the whole content, unpacked. */
    static final String DIGEST = "chartreuse.io/content-digest";

    /**
     * Names of the ConfigMaps that hold the second and later chunks, separated by commas; absent for a single chunk.
     */
    static final String PARTS = "chartreuse.io/parts";

    private ArtifactLabels() {}

    /** The labels that select a release's artifacts of one kind. */
    static Map<String, String> selector(ArtifactKind kind, String release) {
        return Map.of(MANAGED_BY, OURS, ARTIFACT, kind.word(), RELEASE, ArtifactNames.label(release));
    }

    static Optional<String> label(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(key));
    }

    static Optional<String> annotation(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(key));
    }
}
