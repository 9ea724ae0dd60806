package io.chartreuse.provider.patroni.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.spi.text.DurationText;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"500ms, 500, 500ms", "60s, 60000, 60s", "5m, 300000, 5m", "1h, 3600000, 60m", "0s, 0, 0s"})
    void durationsAreReadAndWritten(String text, long millis, String written) {
        assertEquals(Duration.ofMillis(millis), DurationText.parse(text));
        assertEquals(written, DurationText.of(DurationText.parse(text)));
    }

    @ParameterizedTest
    @CsvSource({"0B, 0, 0B", "1000B, 1000, 1000B", "2048B, 2048, 2kB", "16MB, 16777216, 16MB", "1GB, 1073741824, 1GB"})
    void sizesAreReadAndWritten(String text, long bytes, String written) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
        assertEquals(written, ByteSize.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "5 s", "9999999999s"})
    void otherDurationsAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "MB", "-1MB", "1KB", "9999999999GB"})
    void otherSizesAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
    }
}
