package io.chartreuse.cli.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a chart and a program fit each other. */
final class ChartVersionTest {

    private static ChartreuseException refusal(String chart, String program) {
        return assertThrows(
                ChartreuseException.class, () -> ChartVersion.require(ChartVersion.VARIABLE, chart, program));
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.0,1.4.0",
        "1.4.0,1.4.7",
        "1.4,1.4.7",
        "v1.4.2,1.4.0-SNAPSHOT",
        "1.4.0-rc.1,1.4.0",
        "1.4.0+a,1.4.1",
        "1.04,1.4.0",
        "9.9.9,development"
    })
    void majorAndMinorMustBeTheSameAndNothingElse(String chart, String program) {
        assertDoesNotThrow(() -> ChartVersion.require(ChartVersion.VARIABLE, chart, program));
    }

    @ParameterizedTest
    @CsvSource({"1.5.0,1.4.0", "2.4.0,1.4.0", "6.5.0,1.0.0-SNAPSHOT", "1.10.0,1.1.0", "1.40,1.4.0"})
    void anotherVersionIsRefused(String chart, String program) {
        ChartreuseException refusal = refusal(chart, program);
        assertEquals(64, refusal.type().exitCode());
        assertTrue(refusal.getMessage().contains(chart), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("this is " + program), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "latest", "1.", ".4", "1.4.x", "1.4.0.0", "{{ .Chart.AppVersion }}"})
    void whatIsNoVersionIsRefusedAlsoWhereThereIsNothingToCompare(String chart) {
        for (String program : List.of("1.4.0", "development")) {
            ChartreuseException refusal = refusal(chart, program);
            assertEquals(
                    CliError.VERSION_MALFORMED, refusal.diagnostics().get(0).code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0.0", "4.3.1", "6.5", "7.0."})
    void aVersionOfTheEarlierToolIsGoodForItsCommandsAlone(String version) {
        Map<String, String> chart = Map.of(ChartVersion.FORMER_VARIABLE, version, ChartVersion.VARIABLE, version);
        List<String> both = List.of(ChartVersion.VARIABLE, ChartVersion.FORMER_VARIABLE);
        assertDoesNotThrow(() -> ChartVersion.requireOfEarlier(chart, both));
        assertThrows(
                ChartreuseException.class,
                () -> ChartVersion.requireOfEarlier(Map.of(ChartVersion.VARIABLE, "latest"), both));
    }

    @Test
    void underTheEarlierChartTheRemedyIsNotTheEarlierImage() {
        String remedy = refusal("7.0.0", "1.0.0").diagnostics().get(0).remedy();
        assertTrue(remedy.contains("chartreuse-upgrade"), remedy);
        assertTrue(remedy.contains("the chart of version 1.0"), remedy);
    }

    @Test
    void theFirstVariableThatSaysSomethingCounts() {
        List<String> both = List.of(ChartVersion.VARIABLE, ChartVersion.FORMER_VARIABLE);
        Map<String, String> former = Map.of(ChartVersion.VARIABLE, " ", ChartVersion.FORMER_VARIABLE, "nonsense");
        assertThrows(ChartreuseException.class, () -> ChartVersion.require(former, both));
        assertDoesNotThrow(() -> ChartVersion.require(former, List.of(ChartVersion.VARIABLE)));
        assertDoesNotThrow(() -> ChartVersion.require(
                Map.of(ChartVersion.VARIABLE, "1.0", ChartVersion.FORMER_VARIABLE, "nonsense"), both));
        assertDoesNotThrow(() -> ChartVersion.require(Map.of(), both));
    }
}
