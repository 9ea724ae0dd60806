package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The keywords that led the validator to a rule, each with its argument: {@code properties release}, {@code type}. */
record EvaluationPath(List<Part> parts) {

    private static final Set<String> WITH_ARGUMENT = Set.of(
            "properties", "patternProperties", "dependentSchemas", "$defs", "oneOf", "anyOf", "allOf", "prefixItems");
    private static final Set<String> INTO_THE_VALUE = Set.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "items",
            "prefixItems",
            "contains",
            "unevaluatedItems");

    /** A keyword; its argument is empty where it has none. */
    record Part(String keyword, String argument) {
        boolean alternative() {
            return !argument.isEmpty() && (keyword.equals("oneOf") || keyword.equals("anyOf"));
        }

        int branch() {
            return Integer.parseInt(argument);
        }
    }

    EvaluationPath {
        parts = List.copyOf(parts);
    }

    static EvaluationPath of(NodePath path) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            String keyword = path.getName(i);
            boolean argument = WITH_ARGUMENT.contains(keyword) && i + 1 < path.getNameCount();
            parts.add(new Part(keyword, argument ? path.getName(++i) : ""));
        }
        return new EvaluationPath(parts);
    }

    /** Where, from there on, the first choice between alternatives was made. */
    OptionalInt alternative(int from) {
        for (int i = from; i < parts.size(); i++) {
            if (parts.get(i).alternative()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The value that the keyword at that place looked at, when the last one looks at {@code value}. */
    JsonPointer valueAt(int place, JsonPointer value) {
        JsonPointer at = value;
        for (Part part : parts.subList(place, parts.size() - 1)) {
            at = INTO_THE_VALUE.contains(part.keyword()) ? at.head() : at;
        }
        return at;
    }
}
