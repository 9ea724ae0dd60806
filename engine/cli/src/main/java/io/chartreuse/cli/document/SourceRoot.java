package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the paths of a SARIF log begin: code scanning wants them from the root of the repository.
 *
 * @param directory absolute
 */
record SourceRoot(Path directory) {

    /** The name by which logs mean it, and no machine's path. */
    static final String BASE = "%SRCROOT%";

    /** The repository that a directory is in; the directory itself where it is in none. */
    static SourceRoot around(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        return new SourceRoot(Stream.iterate(absolute, place -> place != null, Path::getParent)
                .filter(place -> Files.exists(place.resolve(".git")))
                .findFirst()
                .orElse(absolute));
    }

    /** A SARIF {@code artifactLocation}: from the root, where the file is below it. */
    ObjectNode location(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return relative(whole)
                .map(uri -> Json.object().put("uri", uri).put("uriBaseId", BASE))
                .orElseGet(() -> Json.object().put("uri", whole.toUri().toString()));
    }

    private Optional<String> relative(Path whole) {
        if (!whole.startsWith(directory)) {
            return Optional.empty();
        }
        String path = directory.relativize(whole).toString().replace('\\', '/');
        try {
            return Optional.of(new URI(null, null, path, null).toASCIIString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
