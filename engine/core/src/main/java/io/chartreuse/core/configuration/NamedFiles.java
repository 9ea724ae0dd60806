package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.text.BoundedFile;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The files of keys and rules that a configuration names. What stands in them decides which plans are executed, so it is part of
 * the configuration's digest, as if it stood in the configuration itself.
 */
final class NamedFiles {

    /** What cannot be read has this content; the code that needs the file says what is wrong with it. */
    private static final String UNREADABLE = "unreadable";

    private static final int LARGEST = 4 * 1024 * 1024;

    private NamedFiles() {}

    /** A copy of the settings where each such file stands with the digest of its content. */
    static ObjectNode withContents(ObjectNode settings, Path directory) {
        ObjectNode all = settings.deepCopy();
        for (JsonNode key : all.path("approvals").path("keys")) {
            if (key instanceof ObjectNode named && named.has("file")) {
                named.put("content", digest(directory, named.path("file").asText()));
            }
        }
        if (all.get("policy") instanceof ArrayNode files) {
            for (int i = 0; i < files.size(); i++) {
                String file = files.get(i).asText();
                files.set(i, Json.object().put("file", file).put("content", digest(directory, file)));
            }
        }
        return all;
    }

    /** Line ends and the blank at the end do not count: a chart and a checkout may write them differently. */
    private static String digest(Path directory, String file) {
        try {
            byte[] content = BoundedFile.read(directory.resolve(file), LARGEST);
            String text = new String(content, StandardCharsets.UTF_8);
            return Sha256.of(text.replace("\r\n", "\n").strip());
        } catch (IOException | InvalidPathException e) {
            return UNREADABLE;
        }
    }
}
