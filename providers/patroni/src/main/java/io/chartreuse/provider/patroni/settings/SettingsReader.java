package io.chartreuse.provider.patroni.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Turns the section, which is valid against its schema, into settings. Checks what a schema cannot express, and what it
 * must not: a schema's error repeats the offending value, which here may be a password.
 */
public final class SettingsReader {

    private final Path directory;
    private final List<Diagnostic> problems = new ArrayList<>();

    private SettingsReader(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /**
     * The clusters of the section, sorted by name.
     *
     * @param directory where relative paths start
     * @throws ChartreuseException with all that is wrong with them
     */
    public static List<ClusterSettings> read(JsonNode section, Path directory) {
        SettingsReader reader = new SettingsReader(directory);
        Map<String, ClusterSettings> clusters = new TreeMap<>();
        section.path("clusters")
                .properties()
                .forEach(entry -> reader.cluster(entry.getKey(), entry.getValue())
                        .ifPresent(cluster -> clusters.put(entry.getKey(), cluster)));
        if (!reader.problems.isEmpty()) {
            throw new ChartreuseException(reader.problems);
        }
        return List.copyOf(clusters.values());
    }

    /** Empty where problems were found. */
    private Optional<ClusterSettings> cluster(String name, JsonNode cluster) {
        int before = problems.size();
        List<Endpoint> endpoints = endpoints(name, cluster.path("endpoints"));
        Optional<ProbeSettings> probe = at(cluster, "probe").map(node -> probe(name, node));
        if (!cluster.has("endpoints")
                && probe.filter(ProbeSettings::needsMembers).isPresent()) {
            problems.add(leadsNowhere(name));
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new ClusterSettings(
                name,
                endpoints,
                duration(cluster, "waitConfigured", ClusterSettings.DEFAULT_WAIT),
                at(cluster, "maximumLag").map(JsonNode::asText).map(ByteSize::parse),
                cluster.path("allowNoReplicas").asBoolean(false),
                probe,
                databases(cluster.path("database")),
                failover(cluster),
                at(cluster, "rest").map(this::rest).orElse(RestSettings.DEFAULT)));
    }

    private static List<String> databases(JsonNode database) {
        return database.isTextual()
                ? List.of(database.asText())
                : StreamSupport.stream(database.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }

    private static FailoverSettings failover(JsonNode cluster) {
        return new FailoverSettings(
                cluster.path("pauseFailover").asBoolean(false),
                cluster.path("allowPaused").asBoolean(false),
                duration(cluster, "switchoverWindow", FailoverSettings.DEFAULT.switchoverWindow()));
    }

    private RestSettings rest(JsonNode rest) {
        return new RestSettings(
                at(rest, "authorities").map(this::file),
                at(rest, "certificate").map(this::file),
                at(rest, "key"),
                at(rest, "user").map(JsonNode::asText),
                at(rest, "password"),
                duration(rest, "connectTimeout", RestSettings.DEFAULT.connectTimeout()),
                duration(rest, "answerTimeout", RestSettings.DEFAULT.answerTimeout()));
    }

    private Path file(JsonNode path) {
        return directory.resolve(path.asText()).normalize();
    }

    private static Duration duration(JsonNode node, String field, Duration otherwise) {
        return at(node, field).map(JsonNode::asText).map(DurationText::parse).orElse(otherwise);
    }

    private List<Endpoint> endpoints(String cluster, JsonNode urls) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            String where = "patroni.clusters." + cluster + ".endpoints[" + i + "]";
            endpoint(where, urls.get(i).asText()).ifPresent(endpoints::add);
        }
        return endpoints;
    }

    private Optional<Endpoint> endpoint(String where, String url) {
        // A base URL has no other use for an @, and an error about a malformed URL must not show a password.
        if (url.contains("@")) {
            problems.add(secretInUrl(where, "Take user and password out of the URL: http://host:8008"));
            return Optional.empty();
        }
        try {
            return Optional.of(Endpoint.parse(url));
        } catch (IllegalArgumentException e) {
            problems.add(Diagnostic.error(
                    PatroniError.URL_MALFORMED,
                    where + " is not the base URL of a REST API",
                    "Write scheme, host and port only: http://host:8008"));
            return Optional.empty();
        }
    }

    private ProbeSettings probe(String cluster, JsonNode probe) {
        String url = probe.path("url").asText();
        checkJdbcUrl("patroni.clusters." + cluster + ".probe.url", url);
        ProbeRoles names = new ProbeRoles(JdbcUrl.database(url).orElse(""));
        return new ProbeSettings(
                url,
                probe.path("user").asText(names.login()),
                at(probe, "password"),
                probe.path("owner").asText(names.owner()),
                probe.path("writer").asText(names.writer()),
                probe.path("reader").asText(names.reader()));
    }

    private void checkJdbcUrl(String where, String url) {
        if (JdbcUrl.holdsSecret(url)) {
            problems.add(secretInUrl(where, "Take it out of the URL and refer to it: password: {env: NAME}"));
        } else if (!JdbcUrl.isUsable(url)) {
            problems.add(Diagnostic.error(
                    PatroniError.URL_MALFORMED,
                    where + " is not the JDBC URL of a PostgreSQL database",
                    "Write it like jdbc:postgresql://host:5432/database"));
        } else {
            JdbcUrl.faults(url)
                    .forEach(fault -> problems.add(
                            Diagnostic.error(PatroniError.URL_MALFORMED, where + " " + fault.what(), fault.remedy())));
        }
    }

    private static Diagnostic leadsNowhere(String cluster) {
        return Diagnostic.error(
                PatroniError.URL_MALFORMED,
                "patroni.clusters." + cluster + ".probe.url names no host, and there are no endpoints to ask for one",
                "Name the host, like jdbc:postgresql://shop-pg:5432/shop, or the endpoints of Patroni's REST API.");
    }

    private static Diagnostic secretInUrl(String where, String remedy) {
        return Diagnostic.error(PatroniError.SECRET_IN_URL, where + " holds a user or password", remedy);
    }

    private static Optional<JsonNode> at(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field));
    }
}
