package io.chartreuse.provider.postgres.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a migration tool remembers of a database.
 *
 * @param parts by name, for people: what was applied
 * @param notes in the tool's own words: what it needs to judge the database without it
 */
public record ToolRecord(SortedMap<String, String> parts, ObjectNode notes) {
    public ToolRecord {
        parts = new TreeMap<>(parts);
        notes = notes.deepCopy();
    }
}
