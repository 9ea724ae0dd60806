package io.chartreuse.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the fields of one of Chartreuse's documents and reports which field is malformed. Unknown fields are ignored: a
 * newer minor version may have added them.
 */
public final class Fields {

    /** Beyond these, calculating with times would fail. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final JsonNode node;
    private final String path;

    private Fields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * The fields of a whole document.
     *
     * @throws Malformed where it is not an object
     */
    public static Fields of(JsonNode document) {
        return new Fields(document, "").requireObject();
    }

    /** Where these fields stand, as a JSON pointer. */
    public String path() {
        return path;
    }

    /** The object itself, copied. */
    public ObjectNode node() {
        return (ObjectNode) node.deepCopy();
    }

    /** @throws Malformed where it is absent or not a text */
    public String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw malformed(name, "a text");
        }
        return value.textValue();
    }

    public Optional<String> optionalText(String name) {
        return node.hasNonNull(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public boolean flag(String name) {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw malformed(name, "true or false");
        }
        return value.booleanValue();
    }

    /** The flag, or {@code absent} if the field is missing. */
    public boolean flag(String name, boolean absent) {
        return node.hasNonNull(name) ? flag(name) : absent;
    }

    /** The whole number, or {@code absent} if the field is missing. */
    public long number(String name, long absent) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw malformed(name, "a whole number");
        }
        return value.longValue();
    }

    /** The whole number of 32 bits, or {@code absent} if the field is missing. */
    public int wholeNumber(String name, int absent) {
        long value = number(name, absent);
        if (value != (int) value) {
            throw malformed(name, "a number of 32 bits");
        }
        return (int) value;
    }

    /** A time within the years that a calendar has. */
    public Instant time(String name) {
        try {
            Instant time = Instant.parse(text(name));
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw malformed(name, "a time such as 2026-11-22T07:00:00Z");
        }
        throw malformed(name, "a time of our era");
    }

    public Optional<Instant> optionalTime(String name) {
        return node.hasNonNull(name) ? Optional.of(time(name)) : Optional.empty();
    }

    /** Reads a text through {@code parse}, whose {@link IllegalArgumentException} becomes a {@link Malformed}. */
    public <T> T parsed(String name, Function<String, T> parse) {
        String text = text(name);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed(path + "/" + name, SafeText.plain(e.getMessage()));
        }
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public <T extends Enum<T>> T word(String name, Class<T> type) {
        String text = text(name);
        for (T constant : type.getEnumConstants()) {
            if (constant.name().replace('_', '-').equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new Malformed(path + "/" + name, SafeText.of(text) + " is not known here");
    }

    public Fields object(String name) {
        return new Fields(required(name), path + "/" + name).requireObject();
    }

    public Optional<Fields> optionalObject(String name) {
        return node.hasNonNull(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The elements of an array of objects, read one by one; empty where there is no array. */
    public <T> List<T> list(String name, Function<Fields, T> read) {
        JsonNode array = node.path(name);
        if (array.isMissingNode()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw malformed(name, "a list");
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(read.apply(new Fields(array.get(i), path + "/" + name + "/" + i).requireObject()));
        }
        return elements;
    }

    /** The elements of an array of texts; empty where there is no array. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (node.hasNonNull(name) && !node.get(name).isArray()) {
            throw malformed(name, "a list of texts");
        }
        for (JsonNode element : node.path(name)) {
            if (!element.isTextual()) {
                throw malformed(name, "a list of texts");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** An object of named texts; empty if the field is missing. */
    public SortedMap<String, String> texts(String name, String what) {
        SortedMap<String, String> texts = new TreeMap<>();
        if (node.hasNonNull(name) && !node.get(name).isObject()) {
            throw malformed(name, "an object");
        }
        for (Map.Entry<String, JsonNode> entry : node.path(name).properties()) {
            if (!entry.getValue().isTextual()) {
                throw malformed(name + "/" + entry.getKey(), what);
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return texts;
    }

    private JsonNode required(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            throw new Malformed(path + "/" + name, "it is missing");
        }
        return value;
    }

    private Fields requireObject() {
        if (!node.isObject()) {
            throw new Malformed(path.isEmpty() ? "/" : path, "it should be an object");
        }
        return this;
    }

    private Malformed malformed(String name, String expected) {
        return new Malformed(path + "/" + name, "it should be " + expected);
    }

    /** The document is not what it should be at {@link #path()}. */
    public static final class Malformed extends IllegalArgumentException {

        private final String path;

        Malformed(String path, String problem) {
            super(path + ": " + problem);
            this.path = path;
        }

        /** JSON pointer of the field. */
        public String path() {
            return path;
        }
    }
}
