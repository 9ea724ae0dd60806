package io.chartreuse.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Artifacts of one kind, a file each, with an envelope that holds what is not in the content. */
final class ArtifactFolder implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactFolder.class);
    private static final String VERSION = "version";
    private static final int MEBIBYTE = 1024 * 1024;

    /** No way to another folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final SharedDirectory directory;
    private final String folder;

    ArtifactFolder(SharedDirectory directory, String folder) {
        this.directory = directory;
        this.folder = folder;
    }

    Path file(String id) {
        String name = id.replace(':', '-') + ".json";
        if (!NAME.matcher(name).matches()) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.NOT_FOUND,
                    SafeText.of(id) + " is not the id of an artifact",
                    "`chartreuse audit list` shows what there is."));
        }
        return directory.resolve(folder).resolve(name);
    }

    @Override
    public Artifact write(Artifact artifact) throws VersionConflict {
        return directory.exclusively(() -> {
            Path file = file(artifact.id());
            String current = read(file).map(Artifact::version).orElse("");
            if (!current.equals(artifact.version())) {
                throw new VersionConflict(file.toString());
            }
            String next = current.isEmpty() ? "1" : next(current, file);
            directory.replace(file, Json.pretty(envelope(artifact, next)));
            return withVersion(artifact, next);
        });
    }

    @Override
    public Optional<Artifact> find(String id) {
        return read(file(id));
    }

    @Override
    public List<Artifact> list() {
        return readable().stream()
                .flatMap(file -> read(file).stream())
                .sorted(Comparator.comparing(Artifact::createdAt).thenComparing(Artifact::id))
                .toList();
    }

    /** The plans of this folder, read one after another. */
    List<StoredPlan> plans() {
        return readable().stream()
                .flatMap(file -> read(file).map(StoredPlan::of).stream())
                .sorted(Comparator.comparing(StoredPlan::createdAt).thenComparing(StoredPlan::id))
                .toList();
    }

    /** One that memory does not hold must not keep all others from being read. */
    private List<Path> readable() {
        List<Path> files = new ArrayList<>(directory.files(directory.resolve(folder)));
        List<Path> tooLarge = files.stream().filter(directory::isTooLarge).toList();
        tooLarge.forEach(file -> LOG.warn("{} is too large to be an artifact: left out", file));
        files.removeAll(tooLarge);
        return files;
    }

    /** What lists leave out. */
    List<Diagnostic> unsound() {
        return directory.files(directory.resolve(folder)).stream()
                .filter(directory::isTooLarge)
                .map(file -> Diagnostic.error(
                        StoreError.FOREIGN,
                        file + " has more than " + BoundedText.LARGEST / MEBIBYTE
                                + " MiB, which no artifact has: it was not" + " read",
                        "Move it away, and look at who wrote it."))
                .toList();
    }

    @Override
    public void delete(String id) {
        directory.delete(file(id));
    }

    private static String next(String version, Path file) {
        if (!version.matches("[0-9]{1,18}")) {
            throw foreign(file);
        }
        return String.valueOf(Long.parseLong(version) + 1);
    }

    private static ChartreuseException foreign(Path file) {
        return new ChartreuseException(Diagnostic.error(
                StoreError.FOREIGN,
                file + " is not an artifact of Chartreuse",
                "Move it away, or name another directory for the backend."));
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
        return directory.read(file).map(text -> named(parse(text, file), file));
    }

    /** An artifact under another one's name would be taken for that. */
    private Artifact named(Artifact artifact, Path file) {
        if (!file.equals(file(artifact.id()))) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.FOREIGN,
                    file + " holds another artifact than its name says: " + SafeText.of(artifact.id()),
                    "It was copied or renamed. Move it away, and find out who did it."));
        }
        return artifact;
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
            throw foreign(file);
        }
    }
}
