package io.chartreuse.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationLoader;
import io.chartreuse.core.refresh.Registry;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/**
 * An example of the repository, and what the chart renders for it.
 *
 * @param name      its folder below {@code examples}
 * @param directory for copies
 */
record Example(String name, Path directory) {

    static final Path HOME = Path.of("../examples");

    private static final ObjectMapper JSON = new ObjectMapper();

    String text(String file) {
        return ChartFolder.read(HOME.resolve(name).resolve(file));
    }

    /** A file with one document. */
    JsonNode yaml(String file) {
        return JSON.valueToTree(new Yaml().load(text(file)));
    }

    /** The manifests that the chart renders with its values. */
    Manifests ofChart() {
        return Rendering.install(directory, text("values.yaml"));
    }

    /** A copy of an example that is a chart, with what it depends on, as Helm fetches it. */
    Path chart(Path target) {
        ChartFolder.copy(HOME.resolve(name), target, text -> text);
        ChartFolder.copy(target.resolve("charts/chartreuse"), text -> text);
        return target;
    }

    /** The manifests of an example that is a chart, hooks included. */
    Manifests asChart(String... values) {
        Path target = directory.resolve("chart");
        ChartFolder.copy(HOME.resolve(name), target, Rendering::withoutHooks);
        ChartFolder.copy(target.resolve("charts/chartreuse"), Rendering::withoutHooks);
        return Rendering.render(target, "shop", directory, values);
    }

    /** The configuration in that ConfigMap, as the product reads it. */
    Configuration configuration(Manifests manifests, String configMap) {
        Path file = directory.resolve(configMap + ".yaml");
        ChartFolder.write(
                file,
                manifests
                        .object("ConfigMap/" + configMap + "-config")
                        .at("/data/chartreuse.yaml")
                        .asText());
        return new ConfigurationLoader(Registry.installed().schema()).load(file);
    }

    /** The elements of an array. */
    static List<JsonNode> each(Iterator<JsonNode> elements) {
        Iterable<JsonNode> all = () -> elements;
        return StreamSupport.stream(all.spliterator(), false).toList();
    }
}
