package io.chartreuse.cli.legacy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Writes YAML as a person would, with comments: mappings in blocks, short lists and references on one line. */
final class CommentedYaml {

    /** Text that means itself everywhere in YAML, whichever version reads it. */
    private static final Pattern PLAIN =
            Pattern.compile("[0-9]+(?:ms|s|m|h)|-{0,2}[A-Za-z_/][A-Za-z0-9_./@+=-]*(?::[A-Za-z0-9_./@+=?&%-]+)*");

    private static final Set<String> RESERVED = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final Map<JsonPointer, List<String>> comments;
    private final StringBuilder text = new StringBuilder();

    private CommentedYaml(Map<JsonPointer, List<String>> comments) {
        this.comments = comments;
    }

    /** The document, each member below its comments. */
    static String write(CommentedMapping document) {
        CommentedYaml yaml = new CommentedYaml(document.comments());
        yaml.members(document.content(), JsonPointer.empty(), "");
        return yaml.text.toString();
    }

    private void members(ObjectNode object, JsonPointer place, String indent) {
        object.properties().forEach(member -> {
            JsonPointer pointer = place.appendProperty(member.getKey());
            comments.getOrDefault(pointer, List.of())
                    .forEach(line ->
                            text.append(indent).append("# ").append(line).append('\n'));
            text.append(indent).append(scalar(member.getKey())).append(':');
            value(member.getValue(), pointer, indent);
        });
    }

    private void value(JsonNode value, JsonPointer place, String indent) {
        if (value instanceof ObjectNode object && !isShort(object)) {
            text.append('\n');
            members(object, place, indent + "  ");
        } else {
            text.append(' ').append(flow(value)).append('\n');
        }
    }

    private static boolean isShort(ObjectNode object) {
        return object.size() == 1 && object.elements().next().isValueNode();
    }

    private static String flow(JsonNode value) {
        if (value instanceof ObjectNode object) {
            List<String> members = new ArrayList<>();
            object.properties()
                    .forEach(member -> members.add(scalar(member.getKey()) + ": " + flow(member.getValue())));
            return "{" + String.join(", ", members) + "}";
        }
        if (value.isArray()) {
            return "["
                    + String.join(
                            ", ",
                            StreamSupport.stream(value.spliterator(), false)
                                    .map(CommentedYaml::flow)
                                    .toList())
                    + "]";
        }
        return value.isTextual() ? scalar(value.textValue()) : value.toString();
    }

    /** Quoted as in JSON, which YAML reads alike, unless it means itself. */
    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : TextNode.valueOf(text).toString();
    }
}
