package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML nodes into JSON nodes and notes where each stands. One use a document. */
final class YamlTree {

    /** More than any configuration has; a wrong file may have more, and a handful of aliases may unfold to more. */
    private static final int NODES = 100_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final Map<JsonPointer, Position> keys = new HashMap<>();
    private final Map<JsonPointer, Position> values = new HashMap<>();
    /** By position, because what an alias names is read at each place where it is named. */
    private final Map<Position, Diagnostic> problems = new TreeMap<>();

    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> read = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    YamlTree(String file) {
        this.file = file;
    }

    YamlDocument read(Node root) {
        JsonNode content = value(root, JsonPointer.empty());
        return new YamlDocument(new LocatedDocument(file, content, keys, values), List.copyOf(problems.values()));
    }

    private JsonNode value(Node node, JsonPointer pointer) {
        values.put(pointer, position(node.getStartMark()));
        read.add(node);
        if (++nodes > NODES) {
            String what = read.size() < nodes ? "aliases unfold to" : "the file holds";
            throw new YAMLException(what + " more than " + NODES + " values");
        }
        if (!open.add(node)) {
            report(node, pointer, "an alias stands inside of what it names", "Write the value out.");
            return NullNode.getInstance();
        }
        try {
            return content(node, pointer);
        } finally {
            open.remove(node);
        }
    }

    private JsonNode content(Node node, JsonPointer pointer) {
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            return object(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
            return array(sequence, pointer);
        }
        if (node instanceof ScalarNode scalar) {
            return YamlScalar.read(scalar).orElseGet(() -> foreign(node, pointer));
        }
        return foreign(node, pointer);
    }

    private JsonNode foreign(Node node, JsonPointer pointer) {
        if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
            report(node, pointer, "the number is not one that JSON can hold", "Put it in quotes where it is text.");
        } else {
            String tag = node.getTag().getValue().replace(Tag.PREFIX, "!!");
            report(
                    node,
                    pointer,
                    "what stands here does not fit the tag `" + tag + "`",
                    "Remove the tag: a configuration holds text, numbers, true and false, lists and mappings.");
        }
        return NullNode.getInstance();
    }

    private JsonNode array(SequenceNode sequence, JsonPointer pointer) {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(value(item, pointer.appendIndex(array.size())));
        }
        return array;
    }

    private JsonNode object(MappingNode mapping, JsonPointer pointer) {
        ObjectNode object = JSON.objectNode();
        members(mapping, pointer, object);
        return object;
    }

    private void members(MappingNode mapping, JsonPointer pointer, ObjectNode object) {
        Map<String, Mark> own = new HashMap<>();
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key) || !YamlScalar.wellFormed(key.getValue())) {
                notAKey(member.getKeyNode(), pointer);
            } else if (!key.getTag().equals(Tag.MERGE)) {
                Mark first = own.putIfAbsent(key.getValue(), key.getStartMark());
                if (first == null) {
                    member(key, member.getValueNode(), pointer, object);
                } else {
                    duplicate(key, pointer, first);
                }
            }
        }
        merges(mapping, pointer, object);
    }

    /** Merged members come second, so that what the mapping says itself stands. */
    private void merges(MappingNode mapping, JsonPointer pointer, ObjectNode object) {
        for (NodeTuple member : mapping.getValue()) {
            if (member.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(member.getValueNode(), pointer, object);
            }
        }
    }

    private void merge(Node source, JsonPointer pointer, ObjectNode object) {
        if (source instanceof SequenceNode several && open.add(source)) {
            several.getValue().forEach(one -> merge(one, pointer, object));
            open.remove(source);
        } else if (source instanceof MappingNode mapping && open.add(source)) {
            members(mapping, pointer, object);
            open.remove(source);
        } else {
            report(
                    source,
                    pointer,
                    "`<<` merges something that is not a mapping",
                    "Give it the alias of a mapping: `<<: *name`.");
        }
    }

    private void member(ScalarNode key, Node value, JsonPointer pointer, ObjectNode object) {
        String name = key.getValue();
        if (!object.has(name)) {
            JsonPointer place = pointer.appendProperty(name);
            keys.put(place, position(key.getStartMark()));
            object.set(name, value(value, place));
        }
    }

    private void duplicate(ScalarNode key, JsonPointer pointer, Mark first) {
        problem(
                ConfigurationError.SETTING_DUPLICATE,
                key,
                pointer.appendProperty(key.getValue()),
                "`" + key.getValue() + "` stands here a second time; the first is on line " + (first.getLine() + 1),
                "Keep one of the two.");
    }

    private void notAKey(Node key, JsonPointer pointer) {
        report(
                key,
                pointer,
                "a mapping or list stands where a key belongs",
                "Write a plain key. Where this is a template (`{{ … }}`), render it first: Chartreuse reads the result.");
    }

    private void report(Node node, JsonPointer pointer, String summary, String remedy) {
        problem(ConfigurationError.CONFIGURATION_SYNTAX, node, pointer, summary, remedy);
    }

    private void problem(ConfigurationError code, Node node, JsonPointer pointer, String summary, String remedy) {
        Position position = position(node.getStartMark());
        Location place = new Location(file, position.line(), position.column(), pointer.toString());
        problems.putIfAbsent(position, Diagnostic.error(code, summary, remedy).at(place));
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
