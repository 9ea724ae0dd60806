package io.chartreuse.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A provider's state as words, by its own field names: {@code {"replicas": 3, "autoscaler": {"name": "web", "min": 2,
 * "max": 10}}} reads {@code replicas 3, autoscaler web 2–10}.
 */
public final class StateText {

    private final TextStyle style;

    public StateText(TextStyle style) {
        this.style = style;
    }

    /** The whole state. */
    public String of(ObjectNode state) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            parts.add(words(field.getKey()) + " " + value(field.getValue()));
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    /** What differs: {@code revision 5 → 9}; the whole state where nothing does. */
    public String between(ObjectNode before, ObjectNode after) {
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            if (!before.path(name).equals(after.path(name))) {
                parts.add(words(name) + " " + value(before.path(name)) + " " + style.arrow() + " "
                        + value(after.path(name)));
            }
        }
        return parts.isEmpty() ? of(before) : String.join(", ", parts);
    }

    private String value(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object(object);
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(value(element)));
            return elements.isEmpty() ? "none" : String.join("/", elements);
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "yes" : "no";
        }
        return value.isNull() || value.isMissingNode() ? "none" : value.asText();
    }

    /** A name needs no key, and a least and a most are a range. */
    private String object(ObjectNode object) {
        List<String> parts = new ArrayList<>();
        boolean range = object.has("min") && object.has("max");
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (name.equals("name")) {
                parts.add(0, value(field.getValue()));
            } else if (range && name.equals("min")) {
                parts.add(value(field.getValue()) + style.to() + value(object.get("max")));
            } else if (!range || !name.equals("max")) {
                parts.add(words(name) + " " + value(field.getValue()));
            }
        }
        return parts.isEmpty() ? "none" : String.join(" ", parts);
    }

    /** {@code stoppedBy}: stopped by. */
    private static String words(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
