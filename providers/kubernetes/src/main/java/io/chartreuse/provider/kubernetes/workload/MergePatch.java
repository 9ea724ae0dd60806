package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patches (RFC 7386). Pure. */
final class MergePatch {

    private MergePatch() {}

    /** The patch that turns {@code source} into {@code target}: sets keys that the target lacks to null. */
    static ObjectNode between(ObjectNode source, ObjectNode target) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        source.fieldNames().forEachRemaining(name -> {
            if (!target.has(name)) {
                patch.putNull(name);
            }
        });
        target.properties().forEach(field -> {
            JsonNode before = source.path(field.getKey());
            if (before.equals(field.getValue())) {
                return;
            }
            patch.set(
                    field.getKey(),
                    before.isObject() && field.getValue().isObject()
                            ? between((ObjectNode) before, (ObjectNode) field.getValue())
                            : field.getValue());
        });
        return patch;
    }
}
