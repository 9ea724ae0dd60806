package io.chartreuse.provider.postgres.flyway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The result of all queries by which Flyway reads a database before it compares it with the files.
 *
 * @param exists       whether there is a history
 * @param rows         of it, in its order
 * @param schemasEmpty whether the managed schemas are empty
 * @param placeholders those whose values come from the database, such as {@code flyway:user}: a repeatable migration's
 *                     checksum may depend on them
 */
record RecordedHistory(
        boolean exists, List<HistoryRow> rows, boolean schemasEmpty, SortedMap<String, String> placeholders) {

    RecordedHistory {
        rows = List.copyOf(rows);
        placeholders = new TreeMap<>(placeholders);
    }

    /** @throws IllegalArgumentException where the JSON is not a recorded history */
    static RecordedHistory of(JsonNode json) {
        if (!json.path("rows").isArray() || !json.path("exists").isBoolean()) {
            throw new IllegalArgumentException("not a history of Flyway's");
        }
        SortedMap<String, String> placeholders = new TreeMap<>();
        json.path("placeholders")
                .properties()
                .forEach(entry ->
                        placeholders.put(entry.getKey(), entry.getValue().asText()));
        return new RecordedHistory(
                json.path("exists").asBoolean(),
                StreamSupport.stream(json.path("rows").spliterator(), false)
                        .map(HistoryRow::of)
                        .toList(),
                json.path("schemasEmpty").asBoolean(),
                placeholders);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("exists", exists);
        ArrayNode all = json.putArray("rows");
        rows.forEach(row -> all.add(row.json()));
        json.put("schemasEmpty", schemasEmpty);
        ObjectNode values = json.putObject("placeholders");
        placeholders.forEach(values::put);
        return json;
    }

    /**
     * The applied migrations, for people; of a repeatable migration the last run. Leaves out failed entries: {@code
     * chartreuse repair} removes them, which must not count as drift.
     */
    SortedMap<String, String> parts() {
        SortedMap<String, String> parts = new TreeMap<>();
        rows.stream().filter(HistoryRow::success).forEach(row -> parts.put("migration " + row.script(), row.text()));
        return parts;
    }
}
