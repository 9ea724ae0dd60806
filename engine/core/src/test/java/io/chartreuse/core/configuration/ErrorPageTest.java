package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.secret.SecretError;
import io.chartreuse.spi.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorPageTest {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");

    @Test
    void eachCodeHasItsProblemAndRemedyAndNoOtherIsThere() throws IOException {
        List<String> explained = Pattern.compile("### (core\\.\\S+)\\nProblem: \\S[^#]+\\n\\nRemedy: \\S")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult entry) -> entry.group(1))
                .toList();
        List<String> codes = Stream.<ErrorCode>concat(
                        Stream.of(ConfigurationError.values()), Stream.of(SecretError.values()))
                .map(ErrorCode::code)
                .sorted()
                .toList();

        assertEquals(codes, explained);
    }
}
