package io.chartreuse.cli.legacy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mapping in the making, with comments above its members. */
final class CommentedMapping {

    private final ObjectNode content;
    private final JsonPointer place;
    private final Map<JsonPointer, List<String>> comments;

    private CommentedMapping(ObjectNode content, JsonPointer place, Map<JsonPointer, List<String>> comments) {
        this.content = content;
        this.place = place;
        this.comments = comments;
    }

    /** A document. */
    static CommentedMapping document() {
        return new CommentedMapping(Json.object(), JsonPointer.empty(), new HashMap<>());
    }

    /** Sets a member. */
    CommentedMapping put(String key, JsonNode value, String... comment) {
        content.set(key, value);
        if (comment.length > 0) {
            comments.put(place.appendProperty(key), List.of(comment));
        }
        return this;
    }

    CommentedMapping put(String key, String value, String... comment) {
        return put(key, (JsonNode) Json.object().textNode(value), comment);
    }

    CommentedMapping put(String key, boolean value, String... comment) {
        return put(key, (JsonNode) Json.object().booleanNode(value), comment);
    }

    CommentedMapping put(String key, List<String> values, String... comment) {
        ArrayNode array = Json.object().arrayNode();
        values.forEach(array::add);
        return put(key, (JsonNode) array, comment);
    }

    /** A mapping as a member, to be filled. */
    CommentedMapping object(String key, String... comment) {
        ObjectNode member = Json.object();
        put(key, member, comment);
        return new CommentedMapping(member, place.appendProperty(key), comments);
    }

    ObjectNode content() {
        return content;
    }

    Map<JsonPointer, List<String>> comments() {
        return Map.copyOf(comments);
    }
}
