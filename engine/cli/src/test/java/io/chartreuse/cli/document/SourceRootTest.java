package io.chartreuse.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceRootTest {

    @TempDir
    Path directory;

    @Test
    void filesOfARepositoryAreNamedFromItsRoot() throws IOException {
        Files.createDirectories(directory.resolve(".git"));
        Path project = Files.createDirectories(directory.resolve("services/shop"));

        JsonNode place = SourceRoot.around(project).location(project.resolve("./my rules.yaml"));

        assertEquals("services/shop/my%20rules.yaml", place.path("uri").asText());
        assertEquals("%SRCROOT%", place.path("uriBaseId").asText());
    }

    @Test
    void filesElsewhereAreNamedWhole() {
        JsonNode place = SourceRoot.around(directory.resolve("a")).location(directory.resolve("b/rules.yaml"));

        assertTrue(place.path("uri").asText().startsWith("file:///"), place.toString());
        assertTrue(place.path("uriBaseId").isMissingNode());
    }
}
