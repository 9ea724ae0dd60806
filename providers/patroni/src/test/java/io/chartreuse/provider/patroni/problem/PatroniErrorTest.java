package io.chartreuse.provider.patroni.problem;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatroniErrorTest {

    @ParameterizedTest
    @EnumSource
    void eachErrorHasItsEntryWithProblemAndRemedy(PatroniError error) throws IOException {
        String page = Files.readString(Path.of("../../engine/docs/errors.md"));
        int start = page.indexOf("### " + error.code() + "\n");

        assertTrue(start >= 0, () -> "no heading for " + error.code());
        int end = page.indexOf("\n### ", start + 1);
        String entry = page.substring(start, end < 0 ? page.length() : end);
        assertTrue(entry.contains("\nProblem: ") && entry.contains("\nRemedy: "), entry);
    }
}
