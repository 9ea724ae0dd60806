package io.chartreuse.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule of each schema has its witnesses. Found by trying: without the rule a document that was refused must be
 * admitted, so that one witness breaks this rule and no other; and where the rule's schema admits nothing, a document
 * that was admitted must be refused, so that one witness keeps the rule.
 */
class SchemasTest {

    private static final String ADDRESS = "https://chartreuse.io/schemas/";

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "plan", "policy", "run", "secret", "state"})
    void aSchemaIsOneItself(String name) throws IOException {
        Schema meta = registry().getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

        assertEquals(List.of(), meta.validate(schema(name)));
        assertEquals(ADDRESS + name + ".schema.json", schema(name).get("$id").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "plan", "policy", "run", "secret", "state"})
    void eachPropertyIsDescribed(String name) throws IOException {
        List<String> silent = new ArrayList<>();
        for (JsonNode properties : schema(name).findValues("properties")) {
            properties.properties().stream()
                    .filter(property ->
                            property.getValue().path("description").asText().isBlank())
                    .map(Map.Entry::getKey)
                    .forEach(silent::add);
        }

        assertEquals(List.of(), silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "plan", "policy", "run", "secret", "state"})
    void validWitnessesAreAdmittedAndInvalidOnesRefused(String name) throws IOException {
        Predicate<JsonNode> admitted = admittedBy(schema(name));
        Witnesses witnesses = Witnesses.of(name);

        witnesses.valid().forEach((file, document) -> assertTrue(admitted.test(document), file));
        witnesses.invalid().forEach((file, document) -> assertTrue(!admitted.test(document), file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "plan", "policy", "run", "secret", "state"})
    void eachRuleHasAWitnessThatBreaksNoOther(String name) throws IOException {
        ObjectNode schema = schema(name);
        Witnesses witnesses = Witnesses.of(name);

        Stream<Rule> unwitnessed = Rule.of(schema).stream()
                .filter(rule -> witnesses.invalid().values().stream().noneMatch(admittedBy(rule.leftOutOf(schema))));

        assertEquals(List.of(), unwitnessed.map(Rule::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration", "plan", "policy", "run", "secret", "state"})
    void eachRuleHasAWitnessThatKeepsIt(String name) throws IOException {
        ObjectNode schema = schema(name);
        Witnesses witnesses = Witnesses.of(name);

        Stream<Rule> unwitnessed = Rule.of(schema).stream()
                .filter(rule -> witnesses.valid().values().stream().allMatch(admittedBy(rule.refusingAllIn(schema))));

        assertEquals(List.of(), unwitnessed.map(Rule::toString).toList());
    }

    private static Predicate<JsonNode> admittedBy(ObjectNode schema) {
        Schema compiled = registry().getSchema(schema);
        return document -> compiled.validate(document).isEmpty();
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    }

    private static ObjectNode schema(String name) throws IOException {
        try (InputStream in = SchemasTest.class.getResourceAsStream(name + ".schema.json")) {
            return (ObjectNode) new ObjectMapper().readTree(in);
        }
    }
}
