package io.chartreuse.provider.postgres.flyway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.extensibility.AppliedMigration;

/** The relevant columns of one row of the history. */
record HistoryRow(
        int rank,
        Optional<String> version,
        String description,
        String type,
        String script,
        Optional<Integer> checksum,
        boolean success) {

    HistoryRow {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(checksum, "checksum");
    }

    static HistoryRow of(AppliedMigration row) {
        return new HistoryRow(
                row.getInstalledRank(),
                Optional.ofNullable(row.getVersion()).map(MigrationVersion::toString),
                row.getDescription(),
                row.getType().name(),
                row.getScript(),
                Optional.ofNullable(row.getChecksum()),
                row.isSuccess());
    }

    /** @throws IllegalArgumentException where the JSON is not a history row */
    static HistoryRow of(JsonNode json) {
        if (!json.path("rank").isInt() || !json.path("type").isTextual()) {
            throw new IllegalArgumentException("not a row of a history");
        }
        return new HistoryRow(
                json.path("rank").asInt(),
                Optional.ofNullable(json.get("version")).map(JsonNode::asText),
                json.path("description").asText(),
                json.path("type").asText(),
                json.path("script").asText(),
                Optional.ofNullable(json.get("checksum")).map(JsonNode::asInt),
                json.path("success").asBoolean());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("rank", rank);
        version.ifPresent(value -> json.put("version", value));
        json.put("description", description).put("type", type).put("script", script);
        checksum.ifPresent(value -> json.put("checksum", value));
        return json.put("success", success);
    }

    /** For people: {@code applied, checksum 1234}. */
    String text() {
        return (success ? "applied" : "failed")
                + checksum.map(value -> ", checksum " + value).orElse("");
    }
}
