package io.chartreuse.provider.postgres.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sslmod=verify-full; unknown parameter sslmod; Did you mean sslmode?",
                "SSLMode=require; small and capital letters count; Write sslmode.",
                "ssl%6Dode=require; whose name is not valid; name=value",
                "sslmode=verify_full; sslmode=verify_full, which is not one of its values; Did you mean verify-full?",
                "sslmode; a value of sslmode, which is not one of its values; disable, allow",
                "targetServerType=leader; which is not one of its values; any, primary",
                "channelBinding=Require; which is not one of its values; Did you mean require?",
                "gssEncMode=off; which is not one of its values; disable, allow",
                "tcpKeepAlive=yes; tcpKeepAlive=yes, which is not one of its values; true, false",
                "ssl=on; ssl=on, which is not one of its values; true, false",
                "socketTimeout=10s; a value of socketTimeout that is not a whole number; digits",
                "sslmode=require&sslmode=disable; has the parameter sslmode twice; Keep one",
                "sslrootcert=%zz; has a % in the value of sslrootcert; %25",
                "service=nowhere-to-be-found; names a service that no pg_service.conf defines; PGSERVICEFILE",
                "host=/run/postgresql; leads to a Unix socket; Name host and port",
                "sslmode=disable&host=%2Frun%2Fpostgresql; leads to a Unix socket; Name host and port"
            })
    void parametersThatTheDriverWouldPassOverAreRefused(String parameters, String summary, String remedy) {
        Diagnostic problem = assertThrows(
                        ChartreuseException.class, () -> read("jdbc:postgresql://pg/shop?" + parameters, ""))
                .diagnostics()
                .get(0);

        assertEquals("postgres.invalid-url", problem.code().code());
        assertEquals(64, problem.code().type().exitCode());
        assertEquals(
                "/postgres/databases/main/url", problem.location().orElseThrow().path());
        assertTrue(problem.summary().contains(summary), problem.summary());
        assertTrue(problem.remedy().contains(remedy), problem.remedy());
    }

    @Test
    void theUrlPastThePoolerIsCheckedToo() {
        List<Diagnostic> problems = assertThrows(
                        ChartreuseException.class,
                        () -> read(
                                "jdbc:postgresql://pg/shop?a=1",
                                ", \"migrationUrl\": \"jdbc:postgresql://pg/shop?b=2&c=3\""))
                .diagnostics();

        assertEquals(
                List.of(
                        "/postgres/databases/main/migrationUrl",
                        "/postgres/databases/main/migrationUrl",
                        "/postgres/databases/main/url"),
                problems.stream()
                        .map(problem -> problem.location().orElseThrow().path())
                        .toList());
    }

    @Test
    void valuesOfUnknownParametersAreNotRepeated() {
        ChartreuseException failure = assertThrows(
                ChartreuseException.class,
                () -> read("jdbc:postgresql://pg/shop?pass=s3cr3t&s3cr3t!&sslmode=s3cr%20et", ""));

        assertFalse(
                failure.diagnostics().toString().contains("s3cr"),
                failure.diagnostics().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://pg/shop?sslmode=verify%2Dfull&options=-c%20search_path%3Da&ApplicationName=a+b&&",
                "jdbc:postgresql://pg:5433,pg2:5434/shop?targetServerType=primary&loadBalanceHosts=true&ssl",
                "jdbc:postgresql:///shop?host=pg&port=5433&requireAuth=scram-sha-256,gss&currentSchema=a,b",
                "jdbc:postgresql://pg/shop?loginTimeout=-1&ssl=&tcpKeepAlive=TRUE&maxResultBuffer=10p"
            })
    void parametersThatTheDriverKnowsAreTaken(String url) throws Exception {
        assertEquals(1, read(url, "").size());
    }

    private static List<DatabaseSettings> read(String url, String more) throws Exception {
        return new SettingsReader(Path.of("/etc/chartreuse"), reference -> new Secret("s3cr3t"))
                .read(
                        new JsonMapper()
                                .readTree(
                                        "{\"databases\": {\"main\": {\"url\": \"" + url + "\"" + more
                                                + ", \"migrations\": {\"tool\": \"flyway\", \"locations\": [\"sql\", \"/app/sql\"]}}}}"));
    }
}
