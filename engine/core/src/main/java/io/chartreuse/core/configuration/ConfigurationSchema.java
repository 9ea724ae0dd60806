package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The schema of a whole configuration: the engine's with the sections of the providers that are installed. */
public final class ConfigurationSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SortedSet<String> providers;
    private final ObjectNode composed;
    private final Schema compiled;

    /**
     * @param sections the JSON Schema of each provider's section, as text, by the provider's name
     * @throws IllegalArgumentException where one is not a JSON object or refers to a schema that is not here
     */
    public ConfigurationSchema(Map<String, String> sections) {
        SchemaComposer composer = new SchemaComposer(
                (ObjectNode) resource("configuration.schema.json"), (ObjectNode) resource("secret.schema.json"));
        new TreeMap<>(sections).forEach((name, text) -> composer.add(name, parse(name, text)));
        providers = Collections.unmodifiableSortedSet(new TreeSet<>(sections.keySet()));
        composed = composer.composed();
        compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(composed);
    }

    /** The one schema that needs no other: every reference stays inside. The caller's own copy. */
    public ObjectNode composed() {
        return composed.deepCopy();
    }

    /** The names of the sections that the schema knows. */
    public SortedSet<String> providers() {
        return providers;
    }

    /** What does not fit, as the validator reports it. */
    List<Error> validate(JsonNode configuration) {
        return compiled.validate(configuration);
    }

    private static ObjectNode parse(String provider, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode schema) {
                return schema;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema of provider " + provider + " is not JSON", e);
        }
        throw new IllegalArgumentException("the schema of provider " + provider + " is not a JSON object");
    }

    private static JsonNode resource(String name) {
        try (InputStream in = ConfigurationSchema.class.getResourceAsStream("/io/chartreuse/schemas/" + name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("schema " + name, e);
        }
    }
}
