package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.text.Sha256;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An artifact as ConfigMaps: an index with the first chunk, and a part for each further one. Pure.
 *
 * @param index the ConfigMap that is found by name and labels
 * @param parts to be written before the index, so that an index never names a missing part
 */
record ArtifactConfigMap(ConfigMap index, List<ConfigMap> parts) {

    ArtifactConfigMap {
        parts = List.copyOf(parts);
    }

    static ArtifactConfigMap of(ArtifactKind kind, Artifact artifact) {
        PackedContent packed = PackedContent.of(artifact.content());
        String name = ArtifactNames.configMap(kind, artifact.release(), artifact.id());
        List<ConfigMap> parts = packed.chunks().stream()
                .skip(1)
                .map(chunk -> part(kind, artifact, name, chunk))
                .toList();
        return new ArtifactConfigMap(index(kind, artifact, name, packed, parts), parts);
    }

    /** The names of the parts that an index says it has. */
    static List<String> partNames(ConfigMap index) {
        return ArtifactLabels.annotation(index, ArtifactLabels.PARTS)
                .map(names -> List.of(names.split(",")))
                .orElse(List.of());
    }

    /** The bytes that an index or a part holds; empty where its data was taken away. */
    static Optional<byte[]> chunk(ConfigMap object) {
        Map<String, String> binary = object.getBinaryData() == null ? Map.of() : object.getBinaryData();
        Map<String, String> plain = object.getData() == null ? Map.of() : object.getData();
        return binary.values().stream()
                .findFirst()
                .map(Base64.getDecoder()::decode)
                .or(() -> plain.values().stream().findFirst().map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    static boolean compressed(ConfigMap index) {
        return index.getBinaryData() != null && !index.getBinaryData().isEmpty();
    }

    private static ConfigMap index(
            ArtifactKind kind, Artifact artifact, String name, PackedContent packed, List<ConfigMap> parts) {
        ConfigMapBuilder builder = base(kind, artifact, name, packed.chunks().get(0), packed.compressed());
        builder.editMetadata()
                .addToLabels(ArtifactLabels.selector(kind, artifact.release()))
                .addToLabels("chartreuse.io/" + kind.word(), ArtifactNames.label(artifact.id()))
                .addToLabels(ArtifactLabels.FORMAT_VERSION, artifact.formatVersion())
                .addToAnnotations(ArtifactLabels.FULL_RELEASE, artifact.release())
                .addToAnnotations(ArtifactLabels.ID, artifact.id())
                .addToAnnotations(
                        ArtifactLabels.CREATED_AT, artifact.createdAt().toString())
                .addToAnnotations(ArtifactLabels.DIGEST, Sha256.of(artifact.content()))
                .endMetadata();
        if (!parts.isEmpty()) {
            List<String> names =
                    parts.stream().map(part -> part.getMetadata().getName()).toList();
            builder.editMetadata()
                    .addToAnnotations(ArtifactLabels.PARTS, String.join(",", names))
                    .endMetadata();
        }
        return builder.withImmutable(kind.immutable() ? Boolean.TRUE : null).build();
    }

    private static ConfigMap part(ArtifactKind kind, Artifact artifact, String index, byte[] chunk) {
        return base(kind, artifact, ArtifactNames.part(index, chunk), chunk, true)
                .editMetadata()
                .addToLabels(ArtifactLabels.MANAGED_BY, ArtifactLabels.OURS)
                .addToLabels(ArtifactLabels.ARTIFACT, ArtifactLabels.PART)
                .addToLabels(ArtifactLabels.RELEASE, ArtifactNames.label(artifact.release()))
                .addToAnnotations(ArtifactLabels.ID, artifact.id())
                .endMetadata()
                .withImmutable(true)
                .build();
    }

    private static ConfigMapBuilder base(
            ArtifactKind kind, Artifact artifact, String name, byte[] chunk, boolean binary) {
        String key = kind.word() + ".json";
        ConfigMapBuilder builder =
                new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata();
        return binary
                ? builder.addToBinaryData(key + ".gz", Base64.getEncoder().encodeToString(chunk))
                : builder.addToData(key, artifact.content());
    }
}
