package io.chartreuse.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The difference of two JSON values as RFC 6902 operations ({@code add}, {@code remove}, {@code replace}), sorted by
 * path. An array that differs is replaced as a whole: the states that are compared here are small, and a reviewer reads
 * a new list better than the moves of its elements.
 */
public final class JsonDiff {

    private final List<JsonNode> operations = new ArrayList<>();

    private JsonDiff() {}

    /** The operations that lead from {@code before} to {@code after}; empty where they are equal. */
    public static List<JsonNode> between(JsonNode before, JsonNode after) {
        JsonDiff diff = new JsonDiff();
        diff.compare("", before, after);
        return List.copyOf(diff.operations);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            fields(path, before, after);
        } else {
            operation("replace", path).set("value", after.deepCopy());
        }
    }

    private void fields(String path, JsonNode before, JsonNode after) {
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String field = path + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!after.has(name)) {
                operation("remove", field);
            } else if (!before.has(name)) {
                operation("add", field).set("value", after.get(name).deepCopy());
            } else {
                compare(field, before.get(name), after.get(name));
            }
        }
    }

    private ObjectNode operation(String name, String path) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.put("op", name).put("path", path);
        operations.add(operation);
        return operation;
    }
}
