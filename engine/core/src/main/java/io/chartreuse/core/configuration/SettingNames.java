package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** How settings and values are named in messages. */
public final class SettingNames {

    /** Text without the characters that addresses with credentials in them have. */
    private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{N} ._-]{1,60}");

    private static final Pattern SENSITIVE = Pattern.compile("(?i).*(?:passw|secret|token|credential|key).*");
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w$-]+");

    private SettingNames() {}

    /** {@code `postgres.databases.main.locations[0]`}. */
    public static String setting(JsonPointer pointer) {
        if (pointer.matches()) {
            return "the configuration";
        }
        StringBuilder path = new StringBuilder();
        for (JsonPointer p = pointer; !p.matches(); p = p.tail()) {
            String name = p.getMatchingProperty();
            if (p.mayMatchElement()) {
                path.append('[').append(name).append(']');
            } else if (PLAIN_NAME.matcher(name).matches()) {
                path.append(path.isEmpty() ? "" : ".").append(name);
            } else {
                path.append("[\"").append(name).append("\"]");
            }
        }
        return "`" + path + "`";
    }

    /** What was found, without what could be a secret. */
    static String found(JsonPointer pointer, JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty() ? "an empty mapping" : "a mapping";
        }
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list";
        }
        if (value.isNull()) {
            return "empty";
        }
        return scalar(pointer, value);
    }

    private static String scalar(JsonPointer pointer, JsonNode value) {
        boolean sensitive = !pointer.matches()
                && SENSITIVE.matcher(pointer.last().getMatchingProperty()).matches();
        String kind = value.isTextual() ? "text" : value.isNumber() ? "a number" : "true or false";
        boolean shown = !sensitive && HARMLESS.matcher(value.asText()).matches();
        if (value.isTextual() && value.asText().isEmpty()) {
            return "empty text";
        }
        return shown ? (value.isTextual() ? "the text `" : "`") + value.asText() + "`" : kind;
    }

    /** {@code `a`, `b` or `c`}. */
    static String either(Collection<String> words) {
        return joined(quoted(words), " or ");
    }

    /** {@code `a`, `b` and `c`}. */
    static String all(Collection<String> words) {
        return joined(quoted(words), " and ");
    }

    static String joined(List<String> words, String last) {
        int end = words.size() - 1;
        return end < 1 ? String.join("", words) : String.join(", ", words.subList(0, end)) + last + words.get(end);
    }

    private static List<String> quoted(Collection<String> words) {
        return words.stream().map(word -> "`" + word + "`").toList();
    }
}
