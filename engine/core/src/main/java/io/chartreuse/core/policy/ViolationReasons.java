package io.chartreuse.core.policy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why one part of a plan breaks a rule, in sentences: which part it is, its value, and what the value has to be. The
 * rule's schema is never printed: the policy file shows it.
 */
final class ViolationReasons {

    private static final int LONGEST_VALUE = 160;

    /** An element of {@code migration.statements}, or of a migration's within the plan. */
    private static final Pattern STATEMENT = Pattern.compile("(.*)/statements/([0-9]+)");

    /** The way to an alternative, and which one it is. */
    private static final Pattern ALTERNATIVE = Pattern.compile("(.*?/(?:anyOf|oneOf))/([0-9]+)(?:/.*)?");

    private final JsonNode judged;
    private final JsonNode document;

    /** Speaks of what is shown, which may have other statements than what is judged: a mask hides some. */
    ViolationReasons(JudgedItem judged) {
        this.judged = judged.document();
        this.document = judged.shown().get();
    }

    /** One sentence a reason. Alternatives of which none holds are one reason. */
    List<String> of(List<Error> errors) {
        Map<String, List<Error>> reasons = new LinkedHashMap<>();
        for (Error error : errors) {
            String path = error.getEvaluationPath().toString();
            Matcher alternative = ALTERNATIVE.matcher(path);
            String key = alternative.matches() ? alternative.group(1) : path + " of " + error.getInstanceLocation();
            reasons.computeIfAbsent(key, any -> new ArrayList<>()).add(error);
        }
        return reasons.values().stream().map(this::reason).distinct().toList();
    }

    private String reason(List<Error> errors) {
        Map<String, List<Error>> ways = new LinkedHashMap<>();
        for (Error error : errors) {
            Matcher alternative = ALTERNATIVE.matcher(error.getEvaluationPath().toString());
            ways.computeIfAbsent(alternative.matches() ? alternative.group(2) : "", any -> new ArrayList<>())
                    .add(error);
        }
        List<String> said = ways.values().stream().map(this::way).distinct().toList();
        return said.size() == 1 ? said.get(0) : "none of these holds: " + String.join("; or ", said);
    }

    private String way(List<Error> errors) {
        return errors.stream().map(this::sentence).distinct().collect(Collectors.joining(", and "));
    }

    private String sentence(Error error) {
        JsonPointer at = Policies.pointer(error);
        JsonNode value = document.at(at);
        Matcher statement = STATEMENT.matcher(at.toString());
        if (statement.matches()) {
            String which = "statement " + (Integer.parseInt(statement.group(2)) + 1) + " " + breaks(error.getKeyword());
            JsonPointer all = at.head();
            return judged.at(all).size() == document.at(all).size()
                    ? which + ": " + shortened(value.asText())
                    : which + " (it is not shown: it holds a secret)";
        }
        return name(at) + " " + predicate(error, value);
    }

    private static String breaks(String keyword) {
        return switch (keyword) {
            case "not" -> "is what the rule forbids";
            case "pattern", "const", "enum" -> "is not of the form that the rule wants";
            default -> "breaks the rule (" + keyword + ")";
        };
    }

    private static String predicate(Error error, JsonNode value) {
        JsonNode wanted = error.getSchemaNode();
        String limit = wanted != null && wanted.isValueNode() ? wanted.asText() : "";
        return switch (error.getKeyword()) {
            case "const" -> "is " + shown(value) + ", and has to be " + shown(wanted);
            case "enum" -> "is " + shown(value) + ", and has to be one of " + shown(wanted);
            case "minimum" -> "is " + shown(value) + ", and has to be " + limit + " at least";
            case "maximum" -> "is " + shown(value) + ", and has to be " + limit + " at most";
            case "exclusiveMinimum" -> "is " + shown(value) + ", and has to be more than " + limit;
            case "exclusiveMaximum" -> "is " + shown(value) + ", and has to be less than " + limit;
            case "minItems" -> "has " + value.size() + " elements, and has to have " + limit + " at least";
            case "maxItems" -> "has " + value.size() + " elements, and may have " + limit + " at most";
            case "required" -> "has no `" + error.getProperty() + "`";
            case "not" -> is(value) + "what the rule forbids";
            case "pattern" -> "is " + shown(value) + ", which is not of the form that the rule wants";
            case "contains", "minContains" -> "has no element, or not enough, that the rule asks for";
            case "type" -> "is of another type than the rule asks for";
            default -> is(value) + "not what the rule asks for (" + error.getKeyword() + ")";
        };
    }

    private static String is(JsonNode value) {
        return value.isValueNode() ? "is " + shown(value) + ", which is " : "is ";
    }

    /** {@code `plan.summary.stop`}; the thing that is judged as a whole has no name. */
    private String name(JsonPointer at) {
        if (at.matches()) {
            return document.has("migration") ? "the migration" : document.has("change") ? "the change" : "the plan";
        }
        return "`"
                + at.toString()
                        .substring(1)
                        .replace('/', '.')
                        .replace("~1", "/")
                        .replace("~0", "~") + "`";
    }

    private static String shown(JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return "not there";
        }
        return shortened(value.isTextual() ? "`" + value.asText() + "`" : value.toString());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
    }
}
