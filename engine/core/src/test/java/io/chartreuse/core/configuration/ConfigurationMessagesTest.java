package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users get wrong, and the messages that they see: one folder for each mistake. {@code -Dgolden.write=DIRECTORY}
 * writes the current messages into that copy of the folders.
 */
class ConfigurationMessagesTest {

    private static final ConfigurationLoader LOADER = new ConfigurationLoader(SampleSchemas.composed());
    private static final String SECRET = "hunter2";

    static List<Path> mistakes() throws IOException, URISyntaxException {
        try (Stream<Path> folders = Files.list(folder())) {
            return folders.filter(Files::isDirectory)
                    .map(Path::getFileName)
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ConfigurationMessagesTest.class.getResource("/configuration"))
                .toURI());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsToldInPlainWordsAtItsPlace(Path mistake) throws IOException, URISyntaxException {
        Path file = folder().resolve(mistake).resolve("chartreuse.yaml");

        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> LOADER.load(file));

        String told = refused.diagnostics().stream()
                .map(ConfigurationMessagesTest::text)
                .collect(Collectors.joining("\n"))
                .replace(file.toString(), "chartreuse.yaml");
        assertEquals(ErrorType.USER, refused.type());
        assertFalse((told + refused.getMessage()).contains(SECRET), told);
        assertEquals(expected(mistake, told), told);
    }

    private static String expected(Path mistake, String told) throws IOException, URISyntaxException {
        String write = System.getProperty("golden.write");
        if (write != null) {
            Files.writeString(Path.of(write).resolve(mistake).resolve("expected.txt"), told);
            return told;
        }
        return Files.readString(folder().resolve(mistake).resolve("expected.txt"));
    }

    private static String text(Diagnostic diagnostic) {
        return diagnostic.location().orElseThrow() + "\n  " + diagnostic.code().code() + "\n  " + diagnostic.summary()
                + "\n  " + diagnostic.remedy() + "\n";
    }
}
