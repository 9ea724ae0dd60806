package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Masks the passwords that a process was given in its output, as plain text and in URL encoding. */
final class Masking {

    private static final String MASK = "(secret)";
    private static final int SHORTEST = 4;

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /** The password of these variables, where there is one. */
    void add(Map<String, String> environment) {
        String password = environment.getOrDefault("PGPASSWORD", "");
        if (password.length() >= SHORTEST && !secrets.contains(password)) {
            String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
            secrets.addAll(List.of(password, encoded, encoded.replace("+", "%20")));
        }
    }

    String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** The same with every text in it masked. */
    JsonNode masked(JsonNode message) {
        if (message.isTextual()) {
            return JsonNodeFactory.instance.textNode(masked(message.textValue()));
        }
        if (message instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(part -> copy.set(masked(part.getKey()), masked(part.getValue())));
            return copy;
        }
        if (message instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(part -> copy.add(masked(part)));
            return copy;
        }
        return message;
    }
}
