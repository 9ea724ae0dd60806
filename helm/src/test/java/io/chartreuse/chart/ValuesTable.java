package io.chartreuse.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The table of values as helm-docs would write it, from the comments {@code # --} in values.yaml. */
final class ValuesTable {

    private static final Pattern COMMENT = Pattern.compile(" *# -- (?<text>.*)");
    private static final Pattern KEY = Pattern.compile("(?<indent> *)(?<key>[A-Za-z][A-Za-z0-9]*):(?<rest>.*)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode values;
    private final List<String> rows = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();
    private final Deque<String> path = new ArrayDeque<>();
    private Optional<String> comment = Optional.empty();

    /** The depth of the last documented key: the keys below it belong to its default value. */
    private int documented = Integer.MAX_VALUE;

    private ValuesTable(String text) {
        values = JSON.valueToTree(new Yaml().load(text));
        text.lines().forEach(this::line);
    }

    static ValuesTable of(String text) {
        return new ValuesTable(text);
    }

    /** The whole table. */
    String markdown() {
        return "| value | meaning | default |\n| --- | --- | --- |\n" + String.join("", rows);
    }

    /** The keys without a comment. */
    List<String> undocumented() {
        return List.copyOf(undocumented);
    }

    private void line(String line) {
        Matcher said = COMMENT.matcher(line);
        Matcher key = KEY.matcher(line);
        if (said.matches()) {
            comment = Optional.of(said.group("text"));
        } else if (key.matches()) {
            key(
                    key.group("indent").length() / 2,
                    key.group("key"),
                    key.group("rest").isBlank());
        }
    }

    private void key(int depth, String key, boolean parent) {
        while (path.size() > depth) {
            path.removeLast();
        }
        path.addLast(key);
        if (comment.isPresent()) {
            rows.add("| `" + String.join(".", path) + "` | " + comment.get() + " | `" + standard() + "` |\n");
            documented = depth;
        } else if (depth <= documented) {
            documented = Integer.MAX_VALUE;
            if (!parent) {
                undocumented.add(String.join(".", path));
            }
        }
        comment = Optional.empty();
    }

    private String standard() {
        try {
            return JSON.writeValueAsString(values.at("/" + String.join("/", path)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
