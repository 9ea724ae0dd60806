package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The fields of an object that one manager owns, in the form of {@code fieldsV1}: {@code {"f:spec": {"f:replicas":
 * {}}}}. A field without fields below it is an empty object. Pure.
 */
record FieldSet(ObjectNode tree) {

    static FieldSet none() {
        return new FieldSet(JsonNodeFactory.instance.objectNode());
    }

    boolean isEmpty() {
        return tree.isEmpty();
    }

    /** Whether that field is among them: {@code spec}, {@code replicas}. */
    boolean has(List<String> path) {
        return tree.at("/"
                        + path.stream()
                                .map(field -> "f:" + field.replace("~", "~0").replace("/", "~1"))
                                .collect(Collectors.joining("/")))
                .isObject();
    }

    /** The fields of either. */
    FieldSet plus(FieldSet other) {
        ObjectNode sum = tree.deepCopy();
        add(sum, other.tree);
        return new FieldSet(sum);
    }

    /** The fields of both. */
    FieldSet and(FieldSet other) {
        return new FieldSet(filtered(tree, other.tree, (mine, theirs) -> theirs.isObject()));
    }

    /** The fields of this one that the other has not. */
    FieldSet minus(FieldSet other) {
        return new FieldSet(filtered(tree, other.tree, (mine, theirs) -> !theirs.isObject()));
    }

    private static void add(ObjectNode sum, ObjectNode other) {
        other.properties().forEach(field -> add(sum.withObjectProperty(field.getKey()), (ObjectNode) field.getValue()));
    }

    /** The fields without fields below them that {@code kept} accepts, with the fields above them. */
    private static ObjectNode filtered(ObjectNode mine, JsonNode theirs, BiPredicate<JsonNode, JsonNode> kept) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        mine.properties().forEach(field -> {
            ObjectNode below = (ObjectNode) field.getValue();
            JsonNode opposite = theirs.path(field.getKey());
            if (below.isEmpty()) {
                if (kept.test(below, opposite)) {
                    result.set(field.getKey(), below.deepCopy());
                }
                return;
            }
            ObjectNode some = filtered(below, opposite, kept);
            if (!some.isEmpty()) {
                result.set(field.getKey(), some);
            }
        });
        return result;
    }
}
