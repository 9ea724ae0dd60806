package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are large and not a configuration at all: each answer comes in time that grows with the file. */
@Timeout(60)
class WrongFileTest {

    private static final String HEAD = "version: 1\nrelease: shop\n";
    private static final String DATABASES = "postgres:\n  databases:\n";
    private static final int MANY = 20_000;

    private static final ConfigurationLoader LOADER = new ConfigurationLoader(SampleSchemas.composed());

    @Test
    void manyUnknownSettings() {
        assertTrue(problems(HEAD + lines(number -> "stratgy" + number + ": v")).size() >= MANY);
    }

    @Test
    void manyUnknownSections() {
        assertTrue(problems(HEAD + lines(number -> "section" + number + ": {a: {b: c}}"))
                        .size()
                >= MANY);
    }

    @Test
    void manyUnknownSettingsOfOneDatabase() {
        String text = HEAD + DATABASES + "    main:\n      url: u\n      migrations: {tool: flyway, locations: [m]}\n";
        assertTrue(
                problems(text + lines(number -> "      key" + number + ": v")).size() >= MANY);
    }

    @Test
    void manyDatabasesThatLackSomething() {
        String text = HEAD + DATABASES + lines(number -> "    d" + number + ": {urll: x}");
        assertTrue(problems(text).size() >= MANY);
    }

    @Test
    void manyWrongValues() {
        String text = HEAD + DATABASES
                + "    main:\n      url: u\n      migrations:\n        tool: flyway\n        locations:\n";
        assertTrue(problems(text + lines(number -> "          - {a: " + number + "}"))
                        .size()
                >= MANY);
    }

    @Test
    void oneSettingVeryOften() {
        assertTrue(problems(HEAD + lines(number -> "release: shop")).size() >= MANY);
    }

    @Test
    void veryLongWords() {
        String word = "x".repeat(300_000);
        assertEquals(2, problems(HEAD + "? " + word + "\n: v\n").size());
        assertTrue(problems(HEAD + "strategy: " + word + "\n").size() >= 2);
    }

    @Test
    void moreValuesThanAnyConfigurationHasAreNotCalledAliases() {
        List<Diagnostic> problems = problems(HEAD
                + IntStream.range(0, 120_000).mapToObj(i -> "k" + i + ": v").collect(Collectors.joining("\n")));

        assertEquals(ConfigurationError.CONFIGURATION_SYNTAX, problems.get(0).code());
        assertEquals(
                "the file holds more than 100000 values, which no configuration does",
                problems.get(0).summary());
    }

    private static String lines(IntFunction<String> line) {
        return IntStream.range(0, MANY).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<Diagnostic> problems(String text) {
        return assertThrows(
                        ChartreuseException.class,
                        () -> LOADER.load(new ConfigurationText("c.yaml", text, Path.of("/tmp"))))
                .diagnostics();
    }
}
