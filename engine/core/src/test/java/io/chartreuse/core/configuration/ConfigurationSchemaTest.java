package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationSchemaTest {

    @Test
    void theProvidersSectionsAreInIt() {
        ObjectNode composed = SampleSchemas.composed().composed();

        assertEquals(Set.of("kubernetes", "postgres"), SampleSchemas.composed().providers());
        assertEquals("object", composed.at("/properties/postgres/type").asText());
        assertFalse(composed.get("additionalProperties").asBoolean(true));
    }

    @Test
    void everyReferenceStaysInside() {
        ObjectNode composed = SampleSchemas.composed().composed();

        assertEquals(2, composed.findValuesAsText("$ref").size());
        composed.findValuesAsText("$ref").forEach(reference -> {
            assertTrue(reference.startsWith("#/"), reference);
            assertFalse(composed.at(reference.substring(1)).isMissingNode(), reference);
        });
        assertEquals(1, composed.findValuesAsText("$id").size());
    }

    @Test
    void whoAsksForItGetsACopy() {
        ConfigurationSchema schema = SampleSchemas.composed();
        schema.composed().removeAll();

        assertFalse(schema.composed().isEmpty());
    }

    @Test
    void aProviderCannotTakeTheNameOfASettingOfOurs() {
        Map<String, String> taken = Map.of("release", "{}");

        assertThrows(IllegalArgumentException.class, () -> new ConfigurationSchema(taken));
    }

    @Test
    void aSchemaThatRefersToOneThatIsNotHereIsRefused() {
        Map<String, String> lost = Map.of("postgres", "{\"$ref\": \"https://example.org/other.json\"}");

        String message = assertThrows(IllegalArgumentException.class, () -> new ConfigurationSchema(lost))
                .getMessage();
        assertTrue(message.contains("https://example.org/other.json"), message);
    }

    @Test
    void aSchemaThatIsNotJsonIsRefusedWithTheProvidersName() {
        Map<String, String> broken = Map.of("postgres", "{");

        String message = assertThrows(IllegalArgumentException.class, () -> new ConfigurationSchema(broken))
                .getMessage();
        assertTrue(message.contains("postgres"), message);
    }

    @Test
    void withoutProvidersThereIsStillASchema() {
        assertFalse(new ConfigurationSchema(Map.of()).composed().has("anyOf"));
    }
}
