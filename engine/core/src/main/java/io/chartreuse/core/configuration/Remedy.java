package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.chartreuse.spi.text.Suggestion;
import java.util.Optional;
import java.util.stream.Stream;

/** Says how to fix a value that is not allowed; if no guess fits, says what the setting means. */
final class Remedy {

    private final JsonNode schema;
    private final Expectation expectation;

    Remedy(JsonNode schema, Expectation expectation) {
        this.schema = schema;
        this.expectation = expectation;
    }

    /** @param expected in plain words */
    String of(SchemaViolation violation, JsonNode value, String expected) {
        if (violation.instance().matches()) {
            return "Write settings as `key: value`, `version: 1` first.";
        }
        if (value.isNull()) {
            boolean section = expected.equals("a mapping");
            return "Give it a value" + (section ? " (`{}` for defaults only)" : "") + ", or remove the line.";
        }
        if (value.isTextual()
                && unquoted(value).filter(plain -> fits(violation, plain)).isPresent()) {
            return "Remove the quotes.";
        }
        if (!value.isTextual() && fits(violation, TextNode.valueOf(value.asText()))) {
            return "Put it in quotes.";
        }
        return Suggestion.to(value.asText(), expectation.values(violation.schemas()))
                .map(nearest -> "Did you mean `" + nearest + "`?")
                .orElseGet(() -> description(violation));
    }

    private boolean fits(SchemaViolation violation, JsonNode value) {
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

    private String description(SchemaViolation violation) {
        return violation.schemas().stream()
                .flatMap(pointer -> Stream.of(whole(pointer), pointer))
                .map(pointer -> schema.at(pointer).path("description").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("Change it to what is expected.");
    }

    /** The setting's schema where this is one of its alternatives, or says what its entries are. */
    private static JsonPointer whole(JsonPointer pointer) {
        if (pointer.toString().matches(".*/(?:oneOf|anyOf)/[0-9]+")) {
            return pointer.head().head();
        }
        return pointer.toString().endsWith("/items") ? pointer.head() : pointer;
    }
}
