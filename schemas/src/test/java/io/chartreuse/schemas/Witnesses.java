package io.chartreuse.schemas;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Documents that a schema admits or refuses, by a name for messages: the files of a folder, and for {@code edits.yaml}
 * what each of its lines makes of {@code valid/whole.yaml}.
 */
record Witnesses(SortedMap<String, JsonNode> valid, SortedMap<String, JsonNode> invalid) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static Witnesses of(String schema) throws IOException {
        Path folder = Path.of("witnesses", schema);
        SortedMap<String, JsonNode> invalid = documents(folder.resolve("invalid"));
        JsonNode edits = invalid.remove("edits.yaml");
        if (edits != null) {
            JsonNode whole = read(folder.resolve("valid").resolve("whole.yaml"));
            edits.forEach(edit -> invalid.put("edits.yaml " + edit, edited(whole.deepCopy(), edit)));
        }
        return new Witnesses(documents(folder.resolve("valid")), invalid);
    }

    private static SortedMap<String, JsonNode> documents(Path folder) throws IOException {
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                documents.put(file.getFileName().toString(), read(file));
            }
        }
        return documents;
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    private static JsonNode edited(JsonNode document, JsonNode edit) {
        JsonPointer place = JsonPointer.compile(edit.get(0).asText());
        JsonNode parent = document.at(place.head());
        String name = place.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), edit.get(1));
        } else if (edit.has(1)) {
            ((ObjectNode) parent).set(name, edit.get(1));
        } else if (((ObjectNode) parent).remove(name) == null) {
            throw new IllegalArgumentException("nothing to take away: " + edit);
        }
        return document;
    }
}
