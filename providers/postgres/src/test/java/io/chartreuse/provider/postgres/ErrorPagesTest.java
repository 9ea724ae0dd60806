package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPagesTest {

    private static final Path PAGE = Path.of("../../engine/docs/errors.md");

    @ParameterizedTest
    @EnumSource(PostgresProblem.class)
    void eachCodeSaysProblemAndRemedy(PostgresProblem problem) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n### " + problem.code() + "\n");
        assertTrue(start >= 0, () -> "no heading for " + problem.code());
        int end = page.indexOf("\n##", start + 4);
        String entry = page.substring(start, end < 0 ? page.length() : end);

        assertTrue(entry.contains("\nProblem: ") && entry.contains("\nRemedy: "), entry);
    }
}
