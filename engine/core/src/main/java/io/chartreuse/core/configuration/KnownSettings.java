package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which settings a schema knows, and where. */
final class KnownSettings {

    private static final List<String> ONE_SCHEMA = List.of("then", "else");
    private static final List<String> SEVERAL_SCHEMAS = List.of("allOf", "anyOf", "oneOf");

    private final JsonNode root;

    /** @param root a schema whose references all stay inside */
    KnownSettings(JsonNode root) {
        this.root = root;
    }

    /** The members that a value of this schema may have. */
    SortedSet<String> in(JsonNode schema) {
        SortedSet<String> names = new TreeSet<>();
        all(schema).forEach(s -> s.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** The members that the value at this place of a document may have. */
    SortedSet<String> at(JsonPointer value) {
        SortedSet<String> names = new TreeSet<>();
        schemasAt(value).forEach(schema -> names.addAll(in(schema)));
        return names;
    }

    private Collection<JsonNode> schemasAt(JsonPointer value) {
        if (value.matches()) {
            return List.of(root);
        }
        JsonPointer last = value.last();
        return schemasAt(value.head()).stream()
                .flatMap(schema -> all(schema).stream())
                .map(schema -> child(schema, last))
                .filter(JsonNode::isObject)
                .toList();
    }

    /** The schemas of a member, and those that hold for the same value. */
    Collection<JsonNode> members(JsonNode schema, String name) {
        return all(schema).stream()
                .map(each -> child(each, JsonPointer.empty().appendProperty(name)))
                .filter(JsonNode::isObject)
                .flatMap(member -> all(member).stream())
                .toList();
    }

    private static JsonNode child(JsonNode schema, JsonPointer last) {
        JsonNode property = schema.path("properties").path(last.getMatchingProperty());
        if (!property.isMissingNode()) {
            return property;
        }
        return last.mayMatchElement() && schema.has("items")
                ? schema.get("items")
                : schema.path("additionalProperties");
    }

    /** The schema and those that hold for the same value. */
    Collection<JsonNode> all(JsonNode schema) {
        Set<JsonNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(schema, found);
        return found;
    }

    private void collect(JsonNode schema, Set<JsonNode> found) {
        if (!(schema instanceof ObjectNode) || !found.add(schema)) {
            return;
        }
        String reference = schema.path("$ref").asText();
        if (reference.startsWith("#")) {
            collect(root.at(reference.substring(1)), found);
        }
        ONE_SCHEMA.forEach(keyword -> collect(schema.path(keyword), found));
        SEVERAL_SCHEMAS.forEach(keyword -> schema.path(keyword).forEach(branch -> collect(branch, found)));
    }
}
