package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import java.util.Optional;
import java.util.stream.Stream;

/** Says of a value that it cannot be what it is, what was expected and what was found. */
final class InvalidValue {

    private final JsonNode schema;
    private final Expectation expectation;
    private final LocatedDocument document;

    InvalidValue(JsonNode schema, LocatedDocument document) {
        this.schema = schema;
        this.expectation = new Expectation(schema);
        this.document = document;
    }

    Diagnostic describe(Violation violation) {
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
                Words.setting(pointer) + " is " + Words.found(pointer, value) + "; expected " + expected(violation),
                remedy(violation, value));
    }

    /** A member's name that cannot be one. */
    Diagnostic name(Violation violation) {
        JsonPointer setting =
                violation.instance().appendProperty(violation.properties().get(0));
        JsonNode rule = schema.at(violation.schemas().get(0)).path("propertyNames");
        String description = rule.path("description").asText("Choose another name.");
        return Diagnostic.error(
                        ConfigurationError.SETTING_INVALID,
                        Words.setting(setting) + " has a name that it cannot have",
                        description)
                .at(document.key(setting));
    }

    private Diagnostic secret(Violation violation, JsonNode value) {
        String setting = Words.setting(violation.instance());
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

    private static boolean secret(Violation violation) {
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

    private String expected(Violation violation) {
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

    private String remedy(Violation violation, JsonNode value) {
        if (violation.instance().matches()) {
            return "Write settings as `key: value`, `version: 1` first.";
        }
        if (value.isNull()) {
            boolean section = expected(violation).equals("a mapping");
            return "Give it a value" + (section ? " (`{}` for defaults only)" : "") + ", or remove the line.";
        }
        if (value.isTextual()
                && unquoted(value).filter(plain -> fits(violation, plain)).isPresent()) {
            return "Remove the quotes.";
        }
        if (!value.isTextual() && fits(violation, TextNode.valueOf(value.asText()))) {
            return "Put it in quotes.";
        }
        return Nearest.to(value.asText(), expectation.values(violation.schemas()))
                .map(nearest -> "Did you mean `" + nearest + "`?")
                .orElseGet(() -> description(violation));
    }

    private boolean fits(Violation violation, JsonNode value) {
        return violation.schemas().stream().anyMatch(pointer -> expectation.admits(schema.at(pointer), value));
    }

    /** What the text would be without quotes; empty where it would be text as well. */
    private static Optional<JsonNode> unquoted(JsonNode quoted) {
        String text = quoted.asText();
        if (text.equals("true") || text.equals("false")) {
            return Optional.of(BooleanNode.valueOf(text.equals("true")));
        }
        return text.matches("[-+]?[0-9]{1,9}") ? Optional.of(IntNode.valueOf(quoted.asInt())) : Optional.empty();
    }

    private String description(Violation violation) {
        return violation.schemas().stream()
                .flatMap(pointer -> Stream.of(whole(pointer), pointer))
                .map(pointer -> schema.at(pointer).path("description").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("Change it to what is expected.");
    }

    /** The setting's schema where this is one of its alternatives. */
    private static JsonPointer whole(JsonPointer pointer) {
        boolean branch = pointer.toString().matches(".*/(?:oneOf|anyOf)/[0-9]+");
        return branch ? pointer.head().head() : pointer;
    }

    private Diagnostic problem(ConfigurationError code, JsonPointer pointer, String summary, String remedy) {
        return Diagnostic.error(code, summary, remedy).at(place(pointer));
    }

    /** Where nothing stands behind the colon, the key is what one looks for. */
    private Location place(JsonPointer pointer) {
        return document.root().at(pointer).isNull() ? document.key(pointer) : document.value(pointer);
    }
}
