package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * Where plans, runs and the lock are kept.
 *
 * @param type     the backend's name: {@code kubernetes}, {@code file}
 * @param settings the settings that stand beside the type, with their defaults: {@code directory} for {@code file};
 *                 the caller's own copy
 */
public record BackendSetting(String type, ObjectNode settings) {

    private static final String DEFAULT_DIRECTORY = ".chartreuse";

    public BackendSetting {
        Objects.requireNonNull(type, "type");
        settings = settings.deepCopy();
    }

    /** Reads the setting: a name, or an object with a {@code type}; valid against the schema. */
    static BackendSetting of(JsonNode setting) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        if (setting instanceof ObjectNode object) {
            settings.setAll(object);
            settings.remove("type");
        }
        String type = setting.isObject() ? setting.get("type").asText() : setting.asText();
        if (type.equals("file") && !settings.has("directory")) {
            settings.put("directory", DEFAULT_DIRECTORY);
        }
        return new BackendSetting(type, settings);
    }

    @Override
    public ObjectNode settings() {
        return settings.deepCopy();
    }
}
