package io.chartreuse.schemas;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that a schema forbids.
 *
 * @param schema  where the schema stands that holds the rule
 * @param keyword the rule
 * @param member  of {@code required}, which member
 */
record Rule(JsonPointer schema, String keyword, Optional<String> member) {

    private static final Set<String> FORBIDDING = Set.of(
            "type",
            "enum",
            "const",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "oneOf",
            "$ref");
    private static final Set<String> FORBIDDING_NOTHING =
            Set.of("$schema", "$id", "title", "description", "examples", "default", "properties", "$defs", "items");
    private static final Set<String> NAMED_SCHEMAS = Set.of("properties", "$defs");

    /** All rules of a schema. */
    static List<Rule> of(JsonNode schema) {
        List<Rule> rules = new ArrayList<>();
        collect(schema, JsonPointer.empty(), rules);
        return rules;
    }

    private static void collect(JsonNode schema, JsonPointer place, List<Rule> rules) {
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            String keyword = entry.getKey();
            JsonNode value = entry.getValue();
            JsonPointer inside = place.appendProperty(keyword);
            if (keyword.equals("required")) {
                value.forEach(member -> rules.add(new Rule(place, keyword, Optional.of(member.asText()))));
            } else if (FORBIDDING.contains(keyword) || value.isBoolean() && keyword.equals("additionalProperties")) {
                rules.add(new Rule(place, keyword, Optional.empty()));
            } else if (!FORBIDDING_NOTHING.contains(keyword) && !keyword.equals("additionalProperties")) {
                throw new IllegalArgumentException("teach this test the keyword " + inside);
            }
            subschemas(keyword, value, inside, rules);
        }
    }

    private static void subschemas(String keyword, JsonNode value, JsonPointer place, List<Rule> rules) {
        if (NAMED_SCHEMAS.contains(keyword)) {
            value.properties().forEach(named -> collect(named.getValue(), place.appendProperty(named.getKey()), rules));
        } else if (keyword.equals("items") || keyword.equals("additionalProperties")) {
            collect(value, place, rules);
        } else if (keyword.equals("oneOf")) {
            for (int i = 0; i < value.size(); i++) {
                collect(value.get(i), place.appendIndex(i), rules);
            }
        }
    }

    /** The schema without this rule. */
    ObjectNode leftOutOf(ObjectNode whole) {
        ObjectNode copy = whole.deepCopy();
        ObjectNode holder = (ObjectNode) copy.at(schema);
        if (member.isPresent()) {
            ArrayNode others = copy.arrayNode();
            holder.get(keyword).forEach(name -> {
                if (!name.asText().equals(member.get())) {
                    others.add(name);
                }
            });
            holder.set(keyword, others);
        } else {
            holder.remove(keyword);
        }
        return copy;
    }

    /** The schema with one that nothing fits in the place of the one that holds this rule. */
    ObjectNode refusingAllIn(ObjectNode whole) {
        ObjectNode copy = whole.deepCopy();
        ObjectNode holder = (ObjectNode) copy.at(schema);
        holder.removeAll();
        holder.putObject("not");
        return copy;
    }

    @Override
    public String toString() {
        return schema + "/" + keyword + member.map(name -> " " + name).orElse("");
    }
}
