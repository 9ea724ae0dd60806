package io.chartreuse.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.chartreuse.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The schemas that files of rules have to satisfy, and those that rules bring. Nothing is fetched from anywhere. */
final class RuleSchemas {

    private static final String DIALECTS = "https://json-schema.org/";

    private final Schema file;
    private final Schema rule;

    RuleSchemas() {
        file = registry(new BoundedPatterns()).getSchema(resource("/io/chartreuse/schemas/policy.schema.json"));
        rule = registry(new BoundedPatterns()).getSchema(resource("rule.schema.json"));
    }

    private static SchemaRegistry registry(BoundedPatterns patterns) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .regularExpressionFactory(patterns)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)
                                .block(iri -> !iri.toString().startsWith(DIALECTS)))
                        .schemaRegistryConfig(config));
    }

    private static JsonNode resource(String name) {
        try (InputStream in = RuleSchemas.class.getResourceAsStream(name)) {
            return Json.read(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("schema " + name, e);
        }
    }

    /** Where a policy file does not follow its schema. */
    List<Error> problemsOfFile(JsonNode content) {
        return file.validate(content);
    }

    /** Where a rule's schema is not valid JSON Schema 2020-12; unknown keywords are errors, too. */
    List<Error> problemsOfRule(JsonNode schema) {
        List<Error> errors = rule.validate(schema);
        return errors.stream().filter(error -> !followsFrom(error, errors)).toList();
    }

    /** A keyword whose value is wrong inside counts as unknown, too. */
    private static boolean followsFrom(Error error, List<Error> all) {
        String keyword = error.getInstanceLocation() + "/" + error.getProperty();
        return error.getKeyword().equals("unevaluatedProperties")
                && all.stream()
                        .map(other -> other.getInstanceLocation().toString())
                        .anyMatch(place -> place.equals(keyword) || place.startsWith(keyword + "/"));
    }

    /**
     * A rule's schema, ready for use.
     *
     * @throws RuntimeException of the library if a reference leads nowhere or a pattern is not a regular expression
     */
    RuleSchema compiled(JsonNode schema) {
        BoundedPatterns patterns = new BoundedPatterns();
        Schema compiled = registry(patterns).getSchema(SchemaLocation.DOCUMENT, schema);
        compiled.initializeValidators();
        return new RuleSchema(compiled, patterns);
    }
}
