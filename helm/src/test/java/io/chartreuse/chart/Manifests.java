package io.chartreuse.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.yaml.snakeyaml.Yaml;

/**
 * The objects that a chart renders.
 *
 * @param text as Helm prints it
 */
record Manifests(String text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All objects in Helm's order. */
    List<JsonNode> objects() {
        List<JsonNode> objects = new ArrayList<>();
        for (Object document : new Yaml().loadAll(text)) {
            if (document instanceof Map) {
                objects.add(JSON.valueToTree(document));
            }
        }
        return objects;
    }

    /** {@code Job/shop-chartreuse-migrate} of each object, sorted. */
    List<String> names() {
        return objects().stream().map(Manifests::name).sorted().toList();
    }

    static String name(JsonNode object) {
        return object.at("/kind").asText() + "/" + object.at("/metadata/name").asText();
    }

    /** The same without objects that exist only so that an uninstall deletes the object of that name. */
    List<String> deployedNames() {
        return objects().stream()
                .filter(object -> !object.at("/metadata/annotations/helm.sh~1hook")
                        .asText()
                        .equals("post-delete"))
                .map(Manifests::name)
                .sorted()
                .toList();
    }

    JsonNode object(String name) {
        return objects().stream()
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name + " among " + names()));
    }

    /** The annotation of that object; empty where it has none. */
    String annotation(String object, String key) {
        return object(object).path("metadata").path("annotations").path(key).asText("");
    }

    /** The arguments of a Job's container. */
    List<String> arguments(String job) {
        List<String> arguments = new ArrayList<>();
        object(job).at("/spec/template/spec/containers/0/args").forEach(argument -> arguments.add(argument.asText()));
        return arguments;
    }
}
