package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

    private static final String SMALL = """
            version: 1
            release: shop
            postgres:
              databases:
                main: {url: "jdbc:postgresql://pg/shop", migrations: {tool: flyway, locations: [sql]}}
            """;

    private static final ConfigurationLoader LOADER = new ConfigurationLoader(SampleSchemas.composed());

    @TempDir
    Path directory;

    @Test
    void whatTheUserLeavesOutHasItsDefault() throws IOException {
        Configuration configuration = load(SMALL);

        assertEquals("shop", configuration.release());
        assertEquals(Optional.empty(), configuration.namespace());
        assertEquals(Strategy.AFTER, configuration.strategy());
        assertEquals(OnFailure.HOLD, configuration.onFailure());
        assertEquals("kubernetes", configuration.backend().type());
        assertTrue(configuration.backend().settings().isEmpty());
        assertEquals(directory.toAbsolutePath(), configuration.directory());
    }

    @Test
    void whatTheUserWritesHolds() throws IOException {
        Configuration configuration = load(SMALL + """
                namespace: shop-prod
                strategy: before
                onFailure: restore
                backend: {type: file, directory: state}
                kubernetes: {}
                """);

        assertEquals(Optional.of("shop-prod"), configuration.namespace());
        assertEquals(Strategy.BEFORE, configuration.strategy());
        assertEquals(OnFailure.RESTORE, configuration.onFailure());
        assertEquals("file", configuration.backend().type());
        assertEquals(
                "state", configuration.backend().settings().get("directory").asText());
        assertEquals(Set.of("kubernetes", "postgres"), configuration.sections().keySet());
    }

    @Test
    void theFileBackendHasADirectoryByDefault() throws IOException {
        BackendSetting backend = load(SMALL + "backend: file\n").backend();

        assertEquals(".chartreuse", backend.settings().get("directory").asText());
        assertEquals(backend, load(SMALL + "backend: {type: file}\n").backend());
    }

    @Test
    void aSectionIsAsTheUserWroteIt() throws IOException {
        Configuration configuration = load(SMALL);

        assertEquals(
                "{\"databases\":{\"main\":{\"url\":\"jdbc:postgresql://pg/shop\","
                        + "\"migrations\":{\"tool\":\"flyway\",\"locations\":[\"sql\"]}}}}",
                configuration.sections().get("postgres").toString());
    }

    @Test
    void theDigestDoesNotDependOnHowThingsAreWritten() throws IOException {
        String otherwise = """
                # The same, in JSON's words, another order, with defaults and for editors.
                {"$schema": "https://chartreuse.io/schemas/configuration.schema.json",
                 "postgres": {"databases": {"main": {
                   "migrations": {"locations": ["sql"], "tool": "flyway"}, "lockTimeout": "3s", "allowEmpty": true,
                   "url": "jdbc:postgresql://pg/shop"}}},
                 "backend": {"type": "kubernetes"}, "onFailure": "hold", "strategy": "after",
                 "release": 'shop', "version": 1}
                """;

        assertEquals(load(SMALL).digest(), load(otherwise).digest());
    }

    @Test
    void theDigestDependsOnEachSetting() throws IOException {
        String digest = load(SMALL).digest();

        assertTrue(digest.matches("sha256:[0-9a-f]{64}"), digest);
        for (String change : List.of("strategy: before", "namespace: shop", "backend: file", "kubernetes: {}")) {
            assertNotEquals(digest, load(SMALL + change + "\n").digest(), change);
        }
        assertNotEquals(digest, load(SMALL.replace("[sql]", "[sql, more]")).digest());
    }

    @Test
    void aMissingFileIsNamedWithTheOneThatMayBeMeant() throws IOException {
        Files.writeString(directory.resolve("chartreuse.yml"), SMALL);

        Diagnostic problem = problem(directory.resolve("chartreuse.yaml"));

        assertEquals(ConfigurationError.CONFIGURATION_MISSING, problem.code());
        assertTrue(problem.summary().endsWith("chartreuse.yaml does not exist"), problem.summary());
        assertTrue(problem.remedy().endsWith("chartreuse.yml?"), problem.remedy());
    }

    @Test
    void aFileInAMissingDirectoryIsToldAsSuch() {
        Diagnostic problem = problem(directory.resolve("nowhere").resolve("chartreuse.yaml"));

        assertEquals(ConfigurationError.CONFIGURATION_MISSING, problem.code());
        assertTrue(problem.remedy().contains("There is no directory"), problem.remedy());
    }

    @Test
    void aDirectoryIsNotAConfiguration() {
        Diagnostic problem = problem(directory);

        assertEquals(ConfigurationError.CONFIGURATION_UNREADABLE, problem.code());
        assertTrue(problem.summary().endsWith("is a directory"), problem.summary());
    }

    @Test
    void aVeryLargeFileIsNotAConfiguration() throws IOException {
        Path file = directory.resolve("large.yaml");
        Files.write(file, new byte[5 * 1024 * 1024]);

        assertEquals(ConfigurationError.CONFIGURATION_UNREADABLE, problem(file).code());
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        assertEquals("shop", load("\uFEFF" + SMALL).release());
    }

    @Test
    void linesMayEndAsOnWindows() throws IOException {
        assertEquals(load(SMALL).digest(), load(SMALL.replace("\n", "\r\n")).digest());
    }

    @Test
    void whatThePlaceOfAProblemSaysIsTheFileAsTheUserNamedIt() {
        Path file = Path.of("no-such-folder", "chartreuse.yaml");

        assertEquals(file.toString(), problem(file).location().orElseThrow().file());
    }

    private Configuration load(String text) throws IOException {
        Path file = directory.resolve("chartreuse.yaml");
        Files.writeString(file, text);
        return LOADER.load(file);
    }

    private static Diagnostic problem(Path file) {
        return assertThrows(ChartreuseException.class, () -> LOADER.load(file))
                .diagnostics()
                .get(0);
    }
}
