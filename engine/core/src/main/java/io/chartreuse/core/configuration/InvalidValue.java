package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;

/** Says of a value that it cannot be what it is, what was expected and what was found. */
final class InvalidValue {

    private final JsonNode schema;
    private final Expectation expectation;
    private final Remedy remedy;
    private final LocatedDocument document;

    InvalidValue(JsonNode schema, LocatedDocument document) {
        this.schema = schema;
        this.expectation = new Expectation(schema);
        this.remedy = new Remedy(schema, expectation);
        this.document = document;
    }

    Diagnostic describe(SchemaViolation violation) {
        JsonPointer pointer = violation.instance();
        JsonNode value = document.root().at(pointer);
        if (secret(violation)) {
            return secret(violation, value);
        }
        if (pointer.toString().equals("/version") && value.isNumber()) {
            return version(pointer, value);
        }
        return problem(
                ConfigurationError.SETTING_INVALID,
                pointer,
                SettingNames.setting(pointer) + " is " + SettingNames.found(pointer, value) + but(violation),
                remedy.of(violation, value, expected(violation)));
    }

    /** A member's name that cannot be one. */
    Diagnostic name(SchemaViolation violation) {
        JsonPointer setting =
                violation.instance().appendProperty(violation.properties().get(0));
        JsonNode rule = schema.at(violation.schemas().get(0)).path("propertyNames");
        String description = rule.path("description").asText("Choose another name.");
        return Diagnostic.error(
                        ConfigurationError.SETTING_INVALID,
                        SettingNames.setting(setting) + " has a name that it cannot have",
                        description)
                .at(document.key(setting));
    }

    private Diagnostic secret(SchemaViolation violation, JsonNode value) {
        String setting = SettingNames.setting(violation.instance());
        if (value.isNull()) {
            return problem(
                    ConfigurationError.SETTING_INVALID,
                    violation.instance(),
                    setting + " is empty; expected a reference to a secret",
                    "Write `{env: NAME}` or `{file: PATH}`, or remove the line.");
        }
        if (value.isValueNode()) {
            return problem(
                    ConfigurationError.SECRET_IN_PLAIN_TEXT,
                    violation.instance(),
                    setting + " holds a secret in plain text; expected a reference to it",
                    "Write `{env: NAME}` or `{file: PATH}`, and change the secret where others could read this file.");
        }
        return problem(
                ConfigurationError.SETTING_INVALID,
                violation.instance(),
                setting + " is not a reference to a secret",
                "Write `{env: NAME}` or `{file: PATH}`, one of the two.");
    }

    private static boolean secret(SchemaViolation violation) {
        return violation.schemas().size() == 1
                && violation.schemas().get(0).toString().equals(SchemaComposer.SECRET);
    }

    private Diagnostic version(JsonPointer pointer, JsonNode value) {
        return problem(
                ConfigurationError.CONFIGURATION_VERSION,
                pointer,
                "the configuration is of version " + value.asText() + "; this Chartreuse reads version 1",
                "Use a Chartreuse that reads it, or write `version: 1`.");
    }

    private String but(SchemaViolation violation) {
        String expected = expected(violation);
        boolean form = violation.keyword().equals("pattern") && expected.equals("text");
        boolean excluded = violation.keyword().equals("not") || expected.equals(Expectation.UNSAID);
        if (form) {
            return ", which has not the form that it must have";
        }
        return excluded ? ", which it cannot be" : "; expected " + expected;
    }

    private String expected(SchemaViolation violation) {
        JsonNode rule = schema.at(violation.schemas().get(0));
        JsonNode bound = rule.path(violation.keyword());
        return switch (violation.keyword()) {
            case "minimum" -> "at least " + bound;
            case "maximum" -> "at most " + bound;
            case "exclusiveMinimum" -> "more than " + bound;
            case "exclusiveMaximum" -> "less than " + bound;
            case "minLength" -> bound.asInt() == 1 ? "some text" : "at least " + bound + " characters";
            case "maxLength" -> "at most " + bound + " characters";
            case "minItems" -> bound.asInt() == 1 ? "at least one entry" : "at least " + bound + " entries";
            case "maxItems" -> "at most " + bound + " entries";
            case "minProperties" -> bound.asInt() == 1 ? "at least one entry" : "at least " + bound + " entries";
            case "maxProperties" -> "at most " + bound + " entries";
            case "uniqueItems" -> "each entry once";
            default -> expectation.of(violation.schemas());
        };
    }

    private Diagnostic problem(ConfigurationError code, JsonPointer pointer, String summary, String remedy) {
        return Diagnostic.error(code, summary, remedy).at(place(pointer));
    }

    /** Where nothing stands behind the colon, the key is what one looks for. */
    private Location place(JsonPointer pointer) {
        return document.root().at(pointer).isNull() ? document.key(pointer) : document.value(pointer);
    }
}
