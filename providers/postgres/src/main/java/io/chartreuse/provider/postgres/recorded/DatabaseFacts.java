package io.chartreuse.provider.postgres.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.server.DatabaseLocation;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The record of a database: everything that a plan reads from a server. No secrets.
 *
 * @param place   where the configuration located it
 * @param tool    {@code flyway} or {@code alembic}
 * @param table   the history's name
 * @param schemas that were looked at; empty: all
 * @param server  what answered; a standby is not noted as one, settings of sessions not at all
 * @param history in the tool's own format
 */
public record DatabaseFacts(
        DatabaseLocation place, String tool, String table, List<String> schemas, Server server, ObjectNode history) {

    /** Changes when an older Chartreuse would misread the record. */
    private static final int FORMAT = 1;

    public DatabaseFacts {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(server, "server");
        schemas = List.copyOf(schemas);
        history = history.deepCopy();
    }

    /** @param history of {@link io.chartreuse.provider.postgres.migrate.ToolRecord} */
    public static DatabaseFacts of(DatabaseSettings settings, Server server, ObjectNode history) {
        return new DatabaseFacts(
                DatabaseLocation.of(settings),
                tool(settings),
                settings.tool().table(),
                settings.tool().schemas(),
                server,
                history);
    }

    /** The configuration's name for the tool. */
    public static String tool(DatabaseSettings settings) {
        return settings.tool() instanceof AlembicSettings ? "alembic" : "flyway";
    }

    /** @throws IllegalArgumentException where they are of another format or none at all */
    public static DatabaseFacts of(ObjectNode json) {
        if (json.path("format").asInt() != FORMAT || !(json.get("history") instanceof ObjectNode history)) {
            throw new IllegalArgumentException("not notes of format " + FORMAT);
        }
        return new DatabaseFacts(
                new DatabaseLocation(text(json, "hosts"), text(json, "database")),
                text(json, "tool"),
                text(json, "table"),
                StreamSupport.stream(json.path("schemas").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                server(json.path("server")),
                history);
    }

    private static Server server(JsonNode json) {
        if (!json.path("major").isInt()) {
            throw new IllegalArgumentException("no version");
        }
        return new Server(
                Optional.ofNullable(json.get("systemIdentifier")).map(JsonNode::asText),
                text(json, "oid"),
                text(json, "database"),
                json.path("major").asInt(),
                false,
                json.path("empty").asBoolean(),
                json.path("history").asBoolean(),
                true);
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw new IllegalArgumentException("no " + field);
        }
        return json.path(field).asText();
    }

    /** The stored form. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        json.put("hosts", place.hosts()).put("database", place.database());
        json.put("tool", tool).put("table", table);
        schemas.forEach(json.putArray("schemas")::add);
        ObjectNode facts = json.putObject("server");
        server.systemIdentifier().ifPresent(value -> facts.put("systemIdentifier", value));
        facts.put("oid", server.oid())
                .put("database", server.database())
                .put("major", server.major())
                .put("empty", server.empty())
                .put("history", server.history());
        json.set("history", history);
        return json;
    }
}
