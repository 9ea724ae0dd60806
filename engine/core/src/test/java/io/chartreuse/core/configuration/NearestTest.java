package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.spi.text.Suggestion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> WORDS = List.of("strategy", "onFailure", "release", "directory", "url", "user");

    @ParameterizedTest
    @CsvSource({
        "stratgy, strategy",
        "startegy, strategy",
        "STRATEGY, strategy",
        "on-failure, onFailure",
        "on_failure, onFailure",
        "releas, release",
        "dir, directory",
        "ulr, url",
    })
    void aMisspelledWordIsRecognised(String word, String meant) {
        assertEquals(Optional.of(meant), Suggestion.to(word, WORDS));
    }

    @ParameterizedTest
    @CsvSource({"x", "namespace", "password", "ab"})
    void anotherWordIsNot(String word) {
        assertEquals(Optional.empty(), Suggestion.to(word, WORDS));
    }

    @Test
    void aSwapOfNeighboursIsOneEdit() {
        assertEquals(Optional.of("ab"), Suggestion.to("ba", List.of("ab")));
    }

    @Test
    void aWordOfAnyLengthIsComparedAtOnce() {
        assertEquals(Optional.empty(), Suggestion.to("x".repeat(3_000_000), WORDS));
        assertEquals(Optional.empty(), Suggestion.to("-".repeat(3_000_000), WORDS));
    }
}
