package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Says in plain words, and with its place, what of a document does not fit the composed schema. */
final class SchemaProblems {

    private final ObjectNode schema;
    private final LocatedDocument document;
    private final UnknownSetting unknown;
    private final InvalidValue invalid;

    private SchemaProblems(ConfigurationSchema schema, LocatedDocument document) {
        this.schema = schema.composed();
        this.document = document;
        unknown = new UnknownSetting(this.schema, schema.providers(), document);
        invalid = new InvalidValue(this.schema, document);
    }

    /** All that is wrong, in no order. */
    static List<Diagnostic> find(ConfigurationSchema schema, LocatedDocument document) {
        SchemaProblems problems = new SchemaProblems(schema, document);
        List<RuleFailure> failures = schema.validate(document.root()).stream()
                .map(RuleFailure::of)
                .map(SchemaProblems::wholeSecret)
                .toList();
        List<SchemaViolation> violations = Alternatives.reduce(failures);
        Map<JsonPointer, List<SchemaViolation>> unknown = violations.stream()
                .filter(SchemaViolation::unknownMember)
                .collect(Collectors.groupingBy(SchemaViolation::instance));
        Set<JsonPointer> ofWrongType = violations.stream()
                .filter(violation -> violation.keyword().equals("type"))
                .map(SchemaViolation::instance)
                .collect(Collectors.toSet());
        return violations.stream()
                .filter(violation -> !problems.misspelled(violation, unknown))
                .filter(violation -> violation.keyword().equals("type")
                        || requires(violation)
                        || !ofWrongType.contains(violation.instance()))
                .map(problems::describe)
                .distinct()
                .toList();
    }

    /** A reference to a secret is right or wrong as a whole: messages show nothing of its content. */
    private static RuleFailure wholeSecret(RuleFailure failure) {
        JsonPointer secret = JsonPointer.compile(SchemaComposer.SECRET);
        if (!failure.schema().toString().startsWith(SchemaComposer.SECRET)) {
            return failure;
        }
        boolean inside = !failure.schema().equals(secret);
        JsonPointer reference = failure.instance();
        for (JsonPointer rule = failure.schema(); !rule.equals(secret); rule = rule.head()) {
            boolean member =
                    rule.last().matchesProperty("items") || rule.head().last().matchesProperty("properties");
            reference = member ? reference.head() : reference;
        }
        String keyword = failure.keyword().equals("type") && !inside ? "type" : "secret";
        return new RuleFailure(failure.way(), reference, keyword, Optional.empty(), secret);
    }

    private static boolean requires(SchemaViolation violation) {
        return violation.keyword().equals("required") || violation.keyword().equals(SchemaViolation.ONE_IS_REQUIRED);
    }

    /** Whether it is missing because its key is misspelled, or because a section's is. */
    private boolean misspelled(SchemaViolation missing, Map<JsonPointer, List<SchemaViolation>> unknownMembers) {
        boolean section = missing.instance().matches() && missing.keyword().equals(SchemaViolation.ONE_IS_REQUIRED);
        return requires(missing)
                && unknownMembers.getOrDefault(missing.instance(), List.of()).stream()
                        .anyMatch(other -> section
                                ? document.root()
                                        .path(other.properties().get(0))
                                        .isContainerNode()
                                : unknown.meant(other)
                                        .filter(missing.properties()::contains)
                                        .isPresent());
    }

    private Diagnostic describe(SchemaViolation violation) {
        return switch (violation.keyword()) {
            case "additionalProperties", "unevaluatedProperties" -> unknown.describe(violation);
            case "propertyNames" -> invalid.name(violation);
            case "required" -> missing(violation);
            case "dependentRequired" -> dependent(violation);
            case SchemaViolation.ONE_IS_REQUIRED -> oneMissing(violation);
            default -> invalid.describe(violation);
        };
    }

    private Diagnostic missing(SchemaViolation violation) {
        String name = violation.properties().get(0);
        return Diagnostic.error(
                        ConfigurationError.SETTING_MISSING,
                        SettingNames.setting(violation.instance().appendProperty(name)) + " is missing",
                        add(name, violation))
                .at(document.key(violation.instance()));
    }

    /** A member that another one is of no use without. */
    private Diagnostic dependent(SchemaViolation violation) {
        JsonNode needs = schema.at(violation.schemas().get(0)).path("dependentRequired");
        JsonNode given = document.root().at(violation.instance());
        String present = violation.properties().get(0);
        String name = StreamSupport.stream(needs.path(present).spliterator(), false)
                .map(JsonNode::asText)
                .filter(needed -> !given.has(needed))
                .findFirst()
                .orElseThrow();
        JsonPointer setting = violation.instance().appendProperty(present);
        return Diagnostic.error(
                        ConfigurationError.SETTING_MISSING,
                        SettingNames.setting(setting) + " needs `" + name + "` beside it, which is missing",
                        add(name, violation))
                .at(document.key(setting));
    }

    private String add(String name, SchemaViolation violation) {
        String description = violation.schemas().stream()
                .flatMap(pointer -> new KnownSettings(schema).all(schema.at(pointer)).stream())
                .map(node ->
                        node.path("properties").path(name).path("description").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("it is required");
        return "Add `" + name + "`: " + description;
    }

    private Diagnostic oneMissing(SchemaViolation violation) {
        List<String> names = List.copyOf(new TreeSet<>(violation.properties()));
        JsonPointer parent = violation.instance();
        if (parent.matches()) {
            return Diagnostic.error(
                            ConfigurationError.PROVIDER_MISSING,
                            "no provider has a section, so there is nothing to plan",
                            "Add a section: " + SettingNames.either(names) + ".")
                    .at(document.value(parent));
        }
        if (names.size() == 1) {
            return missing(violation);
        }
        return Diagnostic.error(
                        ConfigurationError.SETTING_MISSING,
                        SettingNames.setting(parent) + " needs " + SettingNames.either(names),
                        "Add one of them.")
                .at(document.key(parent));
    }
}
