package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Fills in what a schema says is there anyway, so that writing a default out is no change. */
final class Defaults {

    private final JsonNode root;

    /** @param root a schema whose references all stay inside */
    Defaults(JsonNode root) {
        this.root = root;
    }

    /**
     * A copy of the document with the schema's defaults. Those inside of alternatives ({@code oneOf}) are left out:
     * which of them holds is for who reads the value.
     */
    ObjectNode fill(ObjectNode document) {
        ObjectNode filled = document.deepCopy();
        fill(filled, root);
        return filled;
    }

    private void fill(JsonNode value, JsonNode schema) {
        JsonNode rules = resolved(schema);
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : rules.path("properties").properties()) {
                setDefault(object, property.getKey(), resolved(property.getValue()));
            }
            object.properties().forEach(member -> fill(member.getValue(), member(rules, member.getKey())));
        } else {
            value.forEach(item -> fill(item, rules.path("items")));
        }
    }

    private static void setDefault(ObjectNode object, String name, JsonNode rules) {
        if (!object.has(name) && rules.has("default")) {
            object.set(name, rules.get("default").deepCopy());
        }
    }

    private static JsonNode member(JsonNode rules, String name) {
        JsonNode property = rules.path("properties").path(name);
        return property.isMissingNode() ? rules.path("additionalProperties") : property;
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.startsWith("#") ? resolved(root.at(reference.substring(1))) : schema;
    }
}
