package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline extracts from the rendered chart all files that the hook has in its folder. */
class ConfigurationScriptTest {

    private static final String FILES = """
            files:
              dba.pub: |
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEA
                -----END PUBLIC KEY-----
              text.json: "{\\n\\n      \\"a\\": 1,\\n---\\n  b: |\\n\\n}\\n\\n"
              object.json: {rules: [{id: window, message: "not now: |"}]}
              empty.txt: ""
            """;

    @TempDir
    Path directory;

    @TempDir
    Path chart;

    private PipelineDesk desk;

    @BeforeEach
    void sitDown() {
        desk = new PipelineDesk(directory);
    }

    private PipelineDesk.Said configuration(String rendered, String arguments) {
        desk.write("rendered", rendered);
        return desk.bash(
                "'%s' rendered-files %s < rendered".formatted(PipelineDesk.script("configuration"), arguments));
    }

    private static String configMap(String name, String data) {
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n%s".formatted(name, data);
    }

    @Test
    void allFilesOfTheConfigMapAreWrittenAsAYamlProcessorReadsThem() {
        Manifests rendered = Rendering.install(chart, Values.SHOP, FILES);
        JsonNode data = rendered.object("ConfigMap/shop-chartreuse-config").path("data");

        configuration(rendered.text(), "").endsWith(0);

        assertEquals(5, data.size());
        data.properties()
                .forEach(file -> assertEquals(
                        file.getValue().asText().stripTrailing(),
                        desk.read("rendered-files/" + file.getKey()).stripTrailing()));
    }

    @Test
    void theOneThatGoesWithTheReleaseIsPassedOver() {
        Manifests rendered = Rendering.upgrade(chart, Values.SHOP, FILES, "strategy: before");
        assertEquals(
                List.of("ConfigMap/shop-chartreuse-config"),
                rendered.names().stream()
                        .filter(name -> name.startsWith("ConfigMap/"))
                        .distinct()
                        .toList());

        configuration(rendered.text(), "").endsWith(0);
    }

    @Test
    void ofSeveralOneIsNamed() {
        String rendered = configMap("orders", "  chartreuse.yaml: |\n    release: a\n")
                + configMap("reports", "  chartreuse.yaml: |\n    release: b\n");

        configuration(rendered, "").endsWith(1).says("there are several, name one: orders or reports");
        configuration(rendered, "others").endsWith(1).says("there is no ConfigMap others");
        assertFalse(desk.has("rendered-files"));
        configuration(rendered, "reports").endsWith(0);
        assertEquals("release: b\n", desk.read("rendered-files/chartreuse.yaml"));
    }

    @Test
    void whatIsNotAsTheChartWritesItIsRefused() {
        String folded = configMap("shop", "  chartreuse.yaml: |\n    a: 1\n  rules.json: \"{}\"\n");
        configuration(folded, "").endsWith(1).says("is not as the chart writes it");
        String outside = configMap("shop", "  chartreuse.yaml: |\n    a: 1\n  ../rules.json: |\n    {}\n");
        configuration(outside, "").endsWith(1).says("is not as the chart writes it");
        configuration("", "").endsWith(1).says("there is no ConfigMap with chartreuse.yaml");
        assertFalse(desk.has("rendered-files"));
    }

    @Test
    void otherObjectsMayHaveAnyForm() {
        String rendered = configMap("other", "  a/b: [c]\n  \"x\": y\n")
                + configMap("shop", "  chartreuse.yaml: |\n    release: shop\n")
                + "---\nkind: Secret\ndata:\n  chartreuse.yaml: |\n    no\n";
        configuration(rendered, "").endsWith(0);
        assertEquals("release: shop\n", desk.read("rendered-files/chartreuse.yaml"));
    }
}
