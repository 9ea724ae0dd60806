package io.chartreuse.provider.patroni.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final String PROBE = """
            {"url": "%s", "user": "app", "password": {"env": "PW"}, "owner": "o", "writer": "w", "reader": "r"}""";

    @Test
    void readsAClusterWithAllItsSettings() {
        ClusterSettings cluster = read("""
                        {"clusters": {"main": {"endpoints": ["http://a:8008/", "https://b"], "database": "main",
                          "waitConfigured": "5m", "maximumLag": "16MB", "probe": %s}}}""".formatted(PROBE.formatted("jdbc:postgresql://a,b:5433/shop")))
                .get(0);

        assertEquals(List.of(Endpoint.parse("http://a:8008"), Endpoint.parse("https://b")), cluster.endpoints());
        assertEquals(Duration.ofMinutes(5), cluster.waitConfigured());
        assertEquals(Optional.of(new ByteSize(16L << 20)), cluster.maximumLag());
        assertEquals("w", cluster.probe().orElseThrow().writer());
        assertEquals(
                "{\"env\":\"PW\"}",
                cluster.probe().orElseThrow().password().orElseThrow().toString());
    }

    @Test
    void waitsSixtySecondsAndProbesNothingUnlessTold() {
        ClusterSettings cluster = read("{\"clusters\": {\"main\": {\"endpoints\": [\"http://a\"]}}}")
                .get(0);

        assertEquals(Duration.ofSeconds(60), cluster.waitConfigured());
        assertEquals(Optional.empty(), cluster.probe());
        assertEquals(Optional.empty(), cluster.maximumLag());
    }

    @Test
    void aProbeWithoutAHostNeedsEndpointsToLeadSomewhere() {
        Diagnostic problem = problems(
                        "{\"clusters\": {\"main\": {\"probe\": " + PROBE.formatted("jdbc:postgresql:///shop") + "}}}")
                .get(0);

        assertEquals(PatroniError.URL_MALFORMED, problem.code());
        assertTrue(problem.summary().contains("patroni.clusters.main.probe.url names no host"), problem.summary());
    }

    @Test
    void aParameterOfTheProbeThatTheDriverDoesNotKnowIsRefused() {
        Diagnostic problem = problems("{\"clusters\": {\"main\": {\"probe\": "
                        + PROBE.formatted("jdbc:postgresql://a/shop?sslmod=verify-full") + "}}}")
                .get(0);

        assertEquals(PatroniError.URL_MALFORMED, problem.code());
        assertTrue(problem.summary().contains("has the unknown parameter sslmod"), problem.summary());
        assertEquals("Did you mean sslmode?", problem.remedy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://admin:hush@a:8008", "http://admin@a", "http://ad min:hush@a"})
    void refusesAnEndpointWithUserInfoAndDoesNotRepeatIt(String url) {
        Diagnostic problem = problems("{\"clusters\": {\"main\": {\"endpoints\": [\"" + url + "\"]}}}")
                .get(0);

        assertEquals(PatroniError.SECRET_IN_URL, problem.code());
        assertTrue(problem.summary().contains("patroni.clusters.main.endpoints[0]"), problem.summary());
        assertFalse((problem.summary() + problem.remedy()).contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://a/shop?password=hush",
                "jdbc:postgresql://a/shop?ssl=true&sslpassword=hush",
                "jdbc:postgresql://app:hush@a/shop"
            })
    void refusesAProbeUrlWithAPasswordAndDoesNotRepeatIt(String url) {
        Diagnostic problem = problems("{\"clusters\": {\"main\": {\"endpoints\": [\"http://a\"], \"probe\": "
                        + PROBE.formatted(url) + "}}}")
                .get(0);

        assertEquals(PatroniError.SECRET_IN_URL, problem.code());
        assertFalse((problem.summary() + problem.remedy()).contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http:///x", "http://a b", "http://a?x=1", "http://a#x", "ftp://a", "a:8008"})
    void refusesAnEndpointThatIsNoBaseUrl(String url) {
        assertEquals(
                PatroniError.URL_MALFORMED,
                problems("{\"clusters\": {\"main\": {\"endpoints\": [\"" + url + "\"]}}}")
                        .get(0)
                        .code());
    }

    @Test
    void reportsAllProblemsAtOnce() {
        List<Diagnostic> problems = problems("""
                {"clusters": {"a": {"endpoints": ["http://u:p@a", "nothing"]},
                  "b": {"endpoints": ["http://b"], "probe": %s}}}""".formatted(PROBE.formatted("jdbc:postgresql://b:port/x")));

        assertEquals(
                List.of(PatroniError.SECRET_IN_URL, PatroniError.URL_MALFORMED, PatroniError.URL_MALFORMED),
                problems.stream().map(Diagnostic::code).toList());
    }

    private static List<Diagnostic> problems(String json) {
        return assertThrows(ChartreuseException.class, () -> read(json)).diagnostics();
    }

    private static List<ClusterSettings> read(String json) {
        return SettingsReader.read(tree(json), Path.of("/etc/chartreuse"));
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
