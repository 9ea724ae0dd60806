package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ChartVersionTest {

    private static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+)\\..*$", "$1");
    }

    @Test
    void theChartIsForTheImageOfTheSameMajorAndMinorVersion() {
        Map<String, Object> chart = new Yaml().load(ChartFolder.read("Chart.yaml"));
        assertEquals(minor(System.getProperty("chartreuse.version")), minor((String) chart.get("appVersion")));
    }
}
