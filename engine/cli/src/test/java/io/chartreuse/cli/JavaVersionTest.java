package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaVersionTest {

    @ParameterizedTest
    @CsvSource({"17, true", "17.0.2+8, true", "17.0.3, false", "17.0.15+6-Debian-1, false", "21, false", "25.0.1, false"
    })
    void oneThatAcceptsForgedSignaturesIsRefused(String version, boolean refused) {
        assertEquals(
                refused, JavaVersion.problem(Runtime.Version.parse(version)).isPresent());
    }
}
