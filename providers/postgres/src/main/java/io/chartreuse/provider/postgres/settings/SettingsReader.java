package io.chartreuse.provider.postgres.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.text.DurationText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the section, which is valid against the schema. */
public final class SettingsReader {

    private static final List<String> SECRET = List.of("url", "migrationUrl", "user");

    /** Stands for a URL that is not read yet. */
    private static final String UNREAD = "jdbc:postgresql://unread/unread";

    private final Path directory;
    private final Secrets secrets;

    /**
     * @param directory where relative locations start
     * @param secrets   resolves URLs and users that are secrets
     */
    public SettingsReader(Path directory, Secrets secrets) {
        this.directory = directory.toAbsolutePath();
        this.secrets = secrets;
    }

    /** Whether a URL or a user is a secret. */
    public static boolean needsSecrets(JsonNode section) {
        return StreamSupport.stream(section.path("databases").spliterator(), false)
                .anyMatch(database -> SECRET.stream()
                        .anyMatch(setting -> database.path(setting).isObject()));
    }

    /**
     * The databases as far as they are known without secrets: names and tools, but no addresses.
     *
     * @throws ChartreuseException with all problems
     */
    public List<DatabaseSettings> outline(JsonNode section) {
        ObjectNode outline = section.deepCopy();
        outline.path("databases")
                .forEach(database -> SECRET.stream()
                        .filter(setting -> database.path(setting).isObject())
                        .forEach(setting -> {
                            ObjectNode known = (ObjectNode) database;
                            known.put(setting, setting.equals("user") ? "unread" : UNREAD);
                        }));
        return read(outline);
    }

    /**
     * The databases in the order of their names.
     *
     * @throws ChartreuseException with all problems
     */
    public List<DatabaseSettings> read(JsonNode section) {
        List<DatabaseSettings> databases = new ArrayList<>();
        Dependencies dependencies = new Dependencies(after(section));
        section.path("databases").properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> databases.add(database(entry.getKey(), entry.getValue(), dependencies)));
        List<Diagnostic> problems = Stream.concat(
                        databases.stream().flatMap(database -> JdbcUrl.problems(database).stream()),
                        dependencies.problems().stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return List.copyOf(databases);
    }

    private static Map<String, List<String>> after(JsonNode section) {
        Map<String, List<String>> after = new TreeMap<>();
        section.path("databases")
                .properties()
                .forEach(entry ->
                        after.put(entry.getKey(), texts(entry.getValue().path("after"))));
        return after;
    }

    private static RunSettings run(String name, JsonNode node, Dependencies dependencies) {
        return new RunSettings(
                texts(node.path("after")),
                dependencies.orderOf(name),
                DurationText.parse(node.path("waitAvailable").asText("0s")),
                DurationText.parse(node.path("reconnectBudget").asText("2m")));
    }

    private DatabaseSettings database(String name, JsonNode node, Dependencies dependencies) {
        boolean pooled = node.has("migrationUrl");
        SecretUrl url = url(name, node, pooled ? "migrationUrl" : "url");
        Optional<JsonNode> passwordInUrl =
                url.password().map(found -> UrlSecrets.passwordOf(node.get(pooled ? "migrationUrl" : "url")));
        return new DatabaseSettings(
                name,
                JdbcUrl.located(url.jdbc(), directory),
                node.path("fromPatroni").asBoolean(false),
                pooled ? Optional.of(url(name, node, "url").jdbc()) : Optional.empty(),
                user(node).or(url::user),
                Optional.ofNullable(node.get("password")).or(() -> passwordInUrl),
                text(node, "role"),
                node.path("allowEmpty").asBoolean(true),
                DurationText.parse(node.path("connectTimeout").asText("10s")),
                run(name, node, dependencies),
                LockSettings.of(node),
                tool(node.path("migrations")));
    }

    /** A URL in the configuration is taken as it is, so that credentials in it are refused. */
    private SecretUrl url(String name, JsonNode node, String setting) {
        JsonNode value = node.path(setting);
        if (!value.isObject()) {
            return new SecretUrl(value.asText(), Optional.empty(), Optional.empty());
        }
        return SecretUrl.read(secrets.resolve(value).reveal())
                .orElseThrow(() -> new ChartreuseException(Diagnostic.error(
                                PostgresProblem.INVALID_URL,
                                "The " + setting + " of database " + name
                                        + " refers to a secret that is not the URL of a PostgreSQL database.",
                                "It must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE or a JDBC URL.")
                        .at(Location.ofSetting("/postgres/databases/" + name + "/" + setting))));
    }

    private Optional<String> user(JsonNode node) {
        return node.path("user").isObject()
                ? Optional.of(secrets.resolve(node.get("user")).reveal().strip())
                : text(node, "user");
    }

    private ToolSettings tool(JsonNode node) {
        return node.path("tool").asText().equals("alembic") ? alembic(node) : migrations(node);
    }

    private AlembicSettings alembic(JsonNode node) {
        Path project = directory.resolve(node.path("directory").asText()).normalize();
        return new AlembicSettings(
                project,
                project.resolve(node.path("config").asText("alembic.ini")).normalize(),
                text(node, "section"),
                node.has("command") ? texts(node.path("command")) : List.of("alembic"),
                texts(node.path("arguments")),
                node.path("patroniPostgresql").asBoolean(false),
                node.path("target").asText("heads"),
                node.path("table").asText("alembic_version"),
                text(node, "urlVariable"),
                node.path("renderSql").asBoolean(true),
                node.path("readOnlyPlan").asBoolean(true));
    }

    private MigrationSettings migrations(JsonNode node) {
        return new MigrationSettings(
                texts(node.path("locations")).stream()
                        .map(location -> directory.resolve(location).normalize())
                        .toList(),
                text(node, "target").map(target -> target.replace('_', '.')),
                texts(node.path("schemas")),
                node.path("table").asText("flyway_schema_history"),
                placeholders(node.path("placeholders")),
                node.path("outOfOrder").asBoolean(false),
                node.path("baselineOnMigrate").asBoolean(false)
                        ? Optional.of(node.path("baselineVersion").asText("1").replace('_', '.'))
                        : Optional.empty(),
                new FlywayOptionsReader(directory, node).read());
    }

    private static Map<String, String> placeholders(JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }
}
