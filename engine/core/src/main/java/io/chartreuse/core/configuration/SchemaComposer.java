package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts the providers' schemas into the engine's. References become pointers inside of the one document (and the parts
 * lose their {@code $id}), because editors do not follow the identifiers of embedded schemas.
 */
final class SchemaComposer {

    static final String SECRET = "/$defs/secret";

    private static final URI BASE = URI.create("https://chartreuse.io/schemas/");

    private final ObjectNode composed;
    private final ArrayNode oneSection;
    private final Map<URI, String> pointers = new HashMap<>();

    SchemaComposer(ObjectNode configuration, ObjectNode secret) {
        composed = configuration.deepCopy();
        composed.put("additionalProperties", false);
        oneSection = composed.arrayNode();
        URI id = id("secret", secret);
        pointers.put(id, "#" + SECRET);
        composed.putObject("$defs").set("secret", embedded(id, secret));
    }

    void add(String provider, ObjectNode schema) {
        URI id = id(provider, schema);
        pointers.put(id, "#/properties/" + provider);
        JsonNode known = composed.withObject("/properties").putIfAbsent(provider, embedded(id, schema));
        if (known != null) {
            throw new IllegalArgumentException("a provider cannot be called \"" + provider + "\"");
        }
        oneSection.addObject().putArray("required").add(provider);
    }

    ObjectNode composed() {
        if (!oneSection.isEmpty()) {
            composed.set("anyOf", oneSection);
        }
        return composed;
    }

    private static URI id(String name, ObjectNode schema) {
        return URI.create(schema.path("$id").asText(BASE + name + ".schema.json"));
    }

    private ObjectNode embedded(URI id, ObjectNode schema) {
        ObjectNode copy = schema.deepCopy();
        copy.remove("$schema");
        copy.remove("$id");
        relocate(id, copy);
        return copy;
    }

    private void relocate(URI id, JsonNode node) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            object.put("$ref", pointer(id.resolve(object.get("$ref").asText())));
        }
        node.forEach(child -> relocate(id, child));
    }

    private String pointer(URI reference) {
        String text = reference.toString();
        int hash = text.indexOf('#');
        String resource = hash < 0 ? text : text.substring(0, hash);
        String pointer = pointers.get(URI.create(resource));
        if (pointer == null) {
            throw new IllegalArgumentException("a schema refers to one that is not here: " + text);
        }
        return hash < 0 ? pointer : pointer + text.substring(hash + 1);
    }
}
