package io.chartreuse.provider.postgres.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A migration tool's record of a database.
 *
 * @param parts the applied migrations by name, for people
 * @param notes in the tool's own format: what it needs to assess the database without a connection
 */
public record ToolRecord(SortedMap<String, String> parts, ObjectNode notes) {
    public ToolRecord {
        parts = new TreeMap<>(parts);
        notes = notes.deepCopy();
    }
}
