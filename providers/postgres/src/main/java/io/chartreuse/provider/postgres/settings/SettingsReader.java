package io.chartreuse.provider.postgres.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.DurationText;
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

    private final Path directory;

    /** @param directory where relative locations start */
    public SettingsReader(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /**
     * The databases in the order of their names.
     *
     * @throws ChartreuseException with what is wrong with any of them
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
        return new DatabaseSettings(
                name,
                JdbcUrl.located(
                        node.path("migrationUrl").asText(node.path("url").asText()), directory),
                node.path("fromPatroni").asBoolean(false),
                text(node, "migrationUrl").map(direct -> node.path("url").asText()),
                text(node, "user"),
                Optional.ofNullable(node.get("password")),
                text(node, "role"),
                node.path("allowEmpty").asBoolean(true),
                DurationText.parse(node.path("connectTimeout").asText("10s")),
                run(name, node, dependencies),
                LockSettings.of(node),
                tool(node.path("migrations")));
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
