package io.chartreuse.core.secret;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Finds the environment variables that a configuration refers to as secrets. */
public final class SecretVariables {

    private SecretVariables() {}

    /** The names in all references {@code {"env": "NAME"}}, at any depth. */
    public static Set<String> in(Collection<JsonNode> sections) {
        Set<String> names = new TreeSet<>();
        sections.forEach(section -> collect(section, names));
        return Set.copyOf(names);
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isObject() && node.size() == 1 && node.path("env").isTextual()) {
            names.add(node.get("env").textValue());
        }
        node.forEach(child -> collect(child, names));
    }
}
