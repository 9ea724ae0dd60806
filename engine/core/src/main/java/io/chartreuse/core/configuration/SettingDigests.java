package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.text.Sha256;
import java.util.Collection;
import java.util.List;

/**
 * A short digest of each setting, so that a plan can say later which of them changed. It is 32 bits over the release, the
 * setting's path and its value: enough to tell two values apart, too little to tell which of many it was. What a provider's
 * schema marks {@code writeOnly}, because people may put a secret into it, has none: an empty text says that it is set.
 */
final class SettingDigests {

    /** The digest of what plans say nothing about. */
    static final String UNSAID = "";

    private static final int DIGITS = 8;
    private static final int PREFIX = "sha256:".length();

    private final KnownSettings known;
    private final String release;

    /** @param schema whose references all stay inside */
    SettingDigests(JsonNode schema, String release) {
        this.known = new KnownSettings(schema);
        this.release = release;
    }

    /** The tree of the settings, with digests in the place of values; those that say what holds anyway are left out. */
    ObjectNode of(ObjectNode settings, JsonNode schema) {
        return object(settings, List.of(schema), "");
    }

    private ObjectNode object(ObjectNode settings, Collection<JsonNode> schemas, String path) {
        ObjectNode digests = Json.object();
        settings.properties().forEach(setting -> {
            String place = path + "/" + setting.getKey();
            List<JsonNode> inner = schemas.stream()
                    .flatMap(schema -> known.members(schema, setting.getKey()).stream())
                    .toList();
            if (inner.stream().noneMatch(schema -> setting.getValue().equals(schema.get("default")))) {
                digests.set(setting.getKey(), digest(setting.getValue(), inner, place));
            }
        });
        return digests;
    }

    private JsonNode digest(JsonNode value, List<JsonNode> schemas, String path) {
        if (schemas.stream().anyMatch(schema -> schema.path("writeOnly").asBoolean())) {
            return Json.object().textNode(UNSAID);
        }
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            return object(object, schemas, path);
        }
        String digest = Sha256.of(release + "\n" + path + "\n" + CanonicalJson.write(value));
        return Json.object().textNode(digest.substring(PREFIX, PREFIX + DIGITS));
    }
}
