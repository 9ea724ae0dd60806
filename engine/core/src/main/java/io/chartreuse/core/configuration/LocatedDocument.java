package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.Location;
import java.util.Map;
import java.util.Objects;

/**
 * A document that knows where each of its values stands.
 *
 * @param file   as the user named it
 * @param root   the content
 * @param keys   where a member's key stands, by the member's JSON pointer
 * @param values where a value begins, by its JSON pointer
 */
public record LocatedDocument(
        String file, JsonNode root, Map<JsonPointer, Position> keys, Map<JsonPointer, Position> values) {

    private static final Position START = new Position(1, 1);

    public LocatedDocument {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(root, "root");
        keys = Map.copyOf(keys);
        values = Map.copyOf(values);
    }

    /** The place of the value; of its nearest ancestor that is there, where the pointer leads nowhere. */
    public Location value(JsonPointer pointer) {
        return location(pointer, nearest(values, pointer));
    }

    /** The place of the key that holds the value; the value's own in an array and at the root. */
    public Location key(JsonPointer pointer) {
        Position position = keys.get(pointer);
        return location(pointer, position == null ? nearest(values, pointer) : position);
    }

    private Location location(JsonPointer pointer, Position position) {
        return new Location(file, position.line(), position.column(), pointer.toString());
    }

    private static Position nearest(Map<JsonPointer, Position> positions, JsonPointer pointer) {
        for (JsonPointer p = pointer; p != null; p = p.head()) {
            Position position = positions.get(p);
            if (position != null) {
                return position;
            }
        }
        return START;
    }
}
