package io.chartreuse.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.Artifact;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Journal;
import io.chartreuse.spi.VersionConflict;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Artifacts of one kind, a file each, with an envelope that holds what is not in the content. */
final class ArtifactFolder implements Journal {

    private static final String VERSION = "version";

    private final SharedDirectory directory;
    private final String folder;

    ArtifactFolder(SharedDirectory directory, String folder) {
        this.directory = directory;
        this.folder = folder;
    }

    Path file(String id) {
        return directory.resolve(folder).resolve(id.replace(':', '-') + ".json");
    }

    @Override
    public Artifact write(Artifact artifact) throws VersionConflict {
        return directory.exclusively(() -> {
            Path file = file(artifact.id());
            String current = read(file).map(Artifact::version).orElse("");
            if (!current.equals(artifact.version())) {
                throw new VersionConflict(file.toString());
            }
            String next = current.isEmpty() ? "1" : String.valueOf(Long.parseLong(current) + 1);
            SharedDirectory.replace(file, Json.pretty(envelope(artifact, next)));
            return withVersion(artifact, next);
        });
    }

    @Override
    public Optional<Artifact> find(String id) {
        return read(file(id));
    }

    @Override
    public List<Artifact> list() {
        return directory.files(directory.resolve(folder)).stream()
                .flatMap(file -> read(file).stream())
                .sorted(Comparator.comparing(Artifact::createdAt).thenComparing(Artifact::id))
                .toList();
    }

    @Override
    public void delete(String id) {
        directory.delete(file(id));
    }

    private static ObjectNode envelope(Artifact artifact, String version) {
        return Json.object()
                .put("id", artifact.id())
                .put("release", artifact.release())
                .put("formatVersion", artifact.formatVersion())
                .put("createdAt", artifact.createdAt().toString())
                .put(VERSION, version)
                .put("content", artifact.content());
    }

    private static Artifact withVersion(Artifact artifact, String version) {
        return new Artifact(
                artifact.id(),
                artifact.release(),
                artifact.formatVersion(),
                artifact.createdAt(),
                artifact.content(),
                version);
    }

    private Optional<Artifact> read(Path file) {
        return directory.read(file).map(text -> parse(text, file));
    }

    private static Artifact parse(String text, Path file) {
        try {
            JsonNode envelope = Json.read(text);
            Fields fields = Fields.of(envelope);
            return new Artifact(
                    fields.text("id"),
                    fields.text("release"),
                    fields.text("formatVersion"),
                    fields.time("createdAt"),
                    fields.text("content"),
                    fields.text(VERSION));
        } catch (JsonProcessingException | Fields.Malformed e) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.FOREIGN,
                    file + " is not an artifact of Chartreuse",
                    "Move it away, or name another directory for the backend."));
        }
    }
}
