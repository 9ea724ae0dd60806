package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.Optional;

/**
 * One rule that one value breaks, as the validator reports it.
 *
 * @param way      the keywords that led to the rule
 * @param instance the value
 * @param keyword  the rule
 * @param property the member that the rule is about ({@code required}, {@code additionalProperties})
 * @param schema   the schema that holds the rule, in the composed one
 */
record RuleFailure(
        EvaluationPath way, JsonPointer instance, String keyword, Optional<String> property, JsonPointer schema) {

    static RuleFailure of(Error error) {
        JsonPointer rule = pointer(error.getSchemaLocation().getFragment());
        return new RuleFailure(
                EvaluationPath.of(error.getEvaluationPath()),
                pointer(error.getInstanceLocation()),
                error.getKeyword(),
                Optional.ofNullable(error.getProperty()),
                rule.head());
    }

    private static JsonPointer pointer(NodePath path) {
        JsonPointer pointer = JsonPointer.empty();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer = path.getElement(i) instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(path.getName(i));
        }
        return pointer;
    }
}
