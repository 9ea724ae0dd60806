package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;

/**
 * One thing to tell the user: a rule that a value breaks, or several that it would have to keep one of.
 *
 * @param instance   the value
 * @param keyword    the rule; {@link #NO_FORM_FITS} and {@link #ONE_IS_REQUIRED} are for several
 * @param properties the members that the rule is about
 * @param schemas    the schemas that hold the rule, in the composed one
 */
record SchemaViolation(JsonPointer instance, String keyword, List<String> properties, List<JsonPointer> schemas) {

    /** The value fits none of the schemas. */
    static final String NO_FORM_FITS = "anyOf";

    /** One of the members must be there. */
    static final String ONE_IS_REQUIRED = "one is required";

    SchemaViolation {
        properties = List.copyOf(properties);
        schemas = List.copyOf(schemas);
    }

    static SchemaViolation of(RuleFailure failure) {
        return new SchemaViolation(
                failure.instance(),
                failure.keyword(),
                failure.property().stream().toList(),
                List.of(failure.schema()));
    }

    /** Whether the value as a whole is of the wrong kind. */
    boolean wrongKind(JsonPointer value) {
        return instance.equals(value) && (oneOfValues() || keyword.equals("type") || keyword.equals(NO_FORM_FITS));
    }

    /** Whether the member that tells alternatives apart ({@code type: file}) has another value. */
    boolean otherMember(JsonPointer parent) {
        return !instance.matches() && oneOfValues() && instance.head().equals(parent);
    }

    /** Whether a member is there that nothing reads. */
    boolean unknownMember() {
        return keyword.equals("additionalProperties") || keyword.equals("unevaluatedProperties");
    }

    private boolean oneOfValues() {
        return keyword.equals("enum") || keyword.equals("const");
    }
}
