package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Says in plain words what a schema wants. */
final class Expectation {

    /** Where a schema does not say what it wants. */
    static final String UNSAID = "something else";

    private static final Map<String, String> TYPES = Map.of(
            "string", "text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "`true` or `false`",
            "array", "a list",
            "object", "a mapping",
            "null", "nothing");

    private final JsonNode root;

    /** @param root a schema whose references all stay inside */
    Expectation(JsonNode root) {
        this.root = root;
    }

    /** What fits one of the schemas: {@code `kubernetes`, `file` or a mapping}. */
    String of(List<JsonPointer> schemas) {
        List<String> words = new ArrayList<>();
        schemas.forEach(schema -> words.addAll(words(schema)));
        return SettingNames.joined(words.stream().distinct().toList(), " or ");
    }

    /** The values that the schemas list, as text. */
    List<String> values(List<JsonPointer> schemas) {
        return schemas.stream().flatMap(s -> values(root.at(s)).stream()).toList();
    }

    /** Whether the value is one that the schema lists, or of its type and pattern. */
    boolean admits(JsonNode schema, JsonNode value) {
        if (schema.has("const") || schema.has("enum")) {
            return value.equals(schema.get("const")) || contains(schema.path("enum"), value);
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> value.isBoolean();
            case "integer", "number" -> value.isNumber();
            case "string" ->
                value.isTextual()
                        && Pattern.compile(schema.path("pattern").asText())
                                .matcher(value.asText())
                                .find();
            default -> false;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private List<String> words(JsonPointer pointer) {
        JsonNode schema = root.at(pointer);
        if (pointer.toString().equals(SchemaComposer.SECRET)) {
            return List.of("a reference to a secret: `{env: NAME}` or `{file: PATH}`");
        }
        List<String> values = values(schema);
        return values.isEmpty()
                ? types(schema.path("type"), schema)
                : values.stream().map(value -> "`" + value + "`").toList();
    }

    private static List<String> values(JsonNode schema) {
        List<String> values = new ArrayList<>();
        schema.path("enum").forEach(value -> values.add(value.asText()));
        if (schema.has("const")) {
            values.add(schema.get("const").asText());
        }
        return values;
    }

    private static List<String> types(JsonNode type, JsonNode schema) {
        List<String> words = new ArrayList<>();
        if (type.isTextual()) {
            words.add(TYPES.getOrDefault(type.asText(), type.asText()) + example(schema));
        }
        type.forEach(one -> words.add(TYPES.getOrDefault(one.asText(), one.asText())));
        return words.isEmpty() ? List.of(UNSAID) : words;
    }

    private static String example(JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        return example.isValueNode() ? " such as `" + example.asText() + "`" : "";
    }
}
