package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ValuesTableTest {

    private static final String BEGIN = "<!-- values: written by ValuesTableTest -->\n";
    private static final String END = "<!-- end of values -->";

    private final ValuesTable table = ValuesTable.of(ChartFolder.read("values.yaml"));

    @Test
    void theTableInTheReadmeIsWhatTheValuesSay() {
        String readme = ChartFolder.read("README.md");
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        String written = readme.substring(0, from) + table.markdown() + readme.substring(readme.indexOf(END));
        Golden.assertSame(ChartFolder.CHART.resolve("README.md"), written);
    }

    @Test
    void somethingIsSaidOfEachValue() {
        assertEquals(List.of(), table.undocumented());
    }

    @Test
    void theSchemaKnowsEachValueAndDescribesIt() throws JsonProcessingException {
        JsonNode schema = new ObjectMapper().readTree(ChartFolder.read("values.schema.json"));
        Map<String, Object> values = new Yaml().load(ChartFolder.read("values.yaml"));
        List<String> missing = values.keySet().stream()
                .filter(name -> schema.path("properties").path(name).isMissingNode())
                .toList();
        assertEquals(List.of(), missing);
        List<String> silent = schema.path("properties").properties().stream()
                .filter(property -> !property.getValue().has("description")
                        && !property.getValue().has("$ref"))
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(List.of(), silent);
    }
}
