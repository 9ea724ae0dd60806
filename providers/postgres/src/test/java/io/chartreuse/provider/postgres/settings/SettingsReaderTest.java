package io.chartreuse.provider.postgres.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chartreuse.spi.ChartreuseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        DatabaseSettings database = read("jdbc:postgresql://pg/shop", "").get(0);

        assertEquals("postgres.database/main", database.address().toString());
        assertTrue(database.allowEmpty());
        assertEquals(Duration.ofSeconds(10), database.connectTimeout());
        assertEquals("flyway_schema_history", database.migrations().table());
        assertEquals(Optional.empty(), database.migrations().baselineVersion());
    }

    @Test
    void relativeLocationsStartAtTheConfiguration() throws Exception {
        assertEquals(
                List.of(Path.of("/etc/chartreuse/sql"), Path.of("/app/sql")),
                read("jdbc:postgresql://pg/shop", "").get(0).migrations().locations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms PT0.5S", "90s PT1M30S", "5m PT5M", "1h PT1H"})
    void durationsHaveUnits(String pair) throws Exception {
        String[] parts = pair.split(" ");

        assertEquals(
                Duration.parse(parts[1]),
                read("jdbc:postgresql://pg/shop", ", \"connectTimeout\": \"" + parts[0] + "\"")
                        .get(0)
                        .connectTimeout());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://pg/shop?user=me",
                "jdbc:postgresql://pg/shop?ssl=true&password=s3cr3t",
                "jdbc:postgresql://me:s3cr3t@pg/shop"
            })
    void credentialsInTheUrlAreRefusedAndNotRepeated(String url) {
        ChartreuseException failure = assertThrows(ChartreuseException.class, () -> read(url, ""));

        assertEquals(
                "postgres.credentials-in-url",
                failure.diagnostics().get(0).code().code());
        assertFalse(failure.diagnostics().toString().contains("s3cr3t"));
    }

    @Test
    void aUrlThatTheDriverDoesNotKnowIsRefused() {
        ChartreuseException failure =
                assertThrows(ChartreuseException.class, () -> read("jdbc:postgresql://pg:99999/shop", ""));

        assertEquals("postgres.invalid-url", failure.diagnostics().get(0).code().code());
    }

    private static List<DatabaseSettings> read(String url, String more) throws Exception {
        return new SettingsReader(Path.of("/etc/chartreuse"))
                .read(
                        new JsonMapper()
                                .readTree(
                                        "{\"databases\": {\"main\": {\"url\": \"" + url + "\"" + more
                                                + ", \"migrations\": {\"tool\": \"flyway\", \"locations\": [\"sql\", \"/app/sql\"]}}}}"));
    }
}
