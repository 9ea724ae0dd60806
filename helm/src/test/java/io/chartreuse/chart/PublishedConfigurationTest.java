package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationLoader;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.refresh.Registry;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value {@code config} is checked as the product checks its configuration. */
class PublishedConfigurationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PUBLISHED = Path.of("../schemas/chartreuse.schema.json");

    @TempDir
    Path directory;

    /**
     * The published schema as a part of the values' schema: nothing is required, because the chart adds it, and the
     * values' schema names the dialect.
     */
    private static ObjectNode asValues(ObjectNode published) {
        published.remove(java.util.List.of("$schema", "required"));
        return published.put("$id", "https://chartreuse.io/schemas/chart-configuration.schema.json");
    }

    @Test
    void theSchemaOfConfigIsThePublishedOne() throws JsonProcessingException {
        ObjectNode values = (ObjectNode) JSON.readTree(ChartFolder.read("values.schema.json"));
        JsonNode published = asValues((ObjectNode) JSON.readTree(ChartFolder.read(PUBLISHED)));
        if (Boolean.getBoolean("golden.update")) {
            ((ObjectNode) values.path("$defs")).set("config", published);
            ChartFolder.write(
                    ChartFolder.CHART.resolve("values.schema.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n");
        }
        assertEquals(published, values.at("/$defs/config"));
    }

    @Test
    void whatTheChartRendersIsAConfigurationOfTheRelease() {
        Manifests install = Rendering.install(directory, Values.SHOP, "strategy: before");
        Path file = directory.resolve("chartreuse.yaml");
        ChartFolder.write(
                file,
                install.object("ConfigMap/shop-chartreuse-config")
                        .at("/data/chartreuse.yaml")
                        .asText());
        Configuration configuration =
                new ConfigurationLoader(Registry.installed().schema()).load(file);
        assertEquals("shop", configuration.release());
        assertEquals(Optional.of("shop-prod"), configuration.namespace());
        assertEquals(Strategy.BEFORE, configuration.strategy());
    }
}
