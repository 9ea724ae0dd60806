package io.chartreuse.core.policy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.configuration.LocatedDocument;
import io.chartreuse.core.configuration.YamlDocument;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.Sha256;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file of rules.
 *
 * @param rules    those that can be used
 * @param problems all that is wrong with it
 */
record PolicyFile(List<Rule> rules, List<Diagnostic> problems) {

    private static final String SHAPE = "`chartreuse schema policy` prints the form of the file.";

    PolicyFile {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    static PolicyFile read(Path file) {
        ConfigurationText text;
        try {
            text = ConfigurationText.read(file);
        } catch (ChartreuseException e) {
            return bad(recoded(e.diagnostics(), PolicyError.UNREADABLE));
        }
        try {
            return parsed(text);
        } catch (ChartreuseException e) {
            return bad(recoded(e.diagnostics(), PolicyError.MALFORMED));
        }
    }

    private static PolicyFile parsed(ConfigurationText text) {
        // A tab is a gap in JSON, and none in YAML.
        boolean json = text.text().stripLeading().startsWith("{");
        String content = json ? text.text().replace('\t', ' ') : text.text();
        Optional<YamlDocument> yaml = YamlDocument.parse(new ConfigurationText(text.name(), content, text.directory()));
        if (yaml.isEmpty()) {
            return bad(List.of(malformed(text.name() + " is empty", SHAPE).at(Location.of(text.name()))));
        }
        List<Diagnostic> unread = recoded(yaml.get().problems(), PolicyError.MALFORMED);
        return unread.isEmpty() ? new Reader(yaml.get().located(), Sha256.of(text.text())).read() : bad(unread);
    }

    private static PolicyFile bad(List<Diagnostic> problems) {
        return new PolicyFile(List.of(), problems);
    }

    private static List<Diagnostic> recoded(List<Diagnostic> problems, PolicyError code) {
        return problems.stream()
                .map(problem -> Diagnostic.error(code, problem.summary(), problem.remedy())
                        .at(problem.location().orElseThrow()))
                .toList();
    }

    private static Diagnostic malformed(String summary, String remedy) {
        return Diagnostic.error(PolicyError.MALFORMED, summary, remedy);
    }

    /** Makes rules of one file's content. */
    private static final class Reader {

        private static final JsonPointer RULES = JsonPointer.compile("/rules");
        private static final List<String> ONE_SCHEMA = List.of("if", "then", "else", "not");
        private static final List<String> SEVERAL_SCHEMAS = List.of("allOf", "anyOf", "oneOf");
        private static final JsonPointer ZONE = JsonPointer.compile("/timeZone");

        private final RuleSchemas schemas = new RuleSchemas();
        private final LocatedDocument document;
        private final String digest;
        private final List<Diagnostic> problems = new ArrayList<>();

        Reader(LocatedDocument document, String digest) {
            this.document = document;
            this.digest = digest;
        }

        PolicyFile read() {
            schemas.problemsOfFile(document.root()).forEach(error -> problem(JsonPointer.empty(), error));
            ZoneId zone = zone();
            List<Rule> rules = new ArrayList<>();
            for (int i = 0; i < document.root().path("rules").size(); i++) {
                JsonPointer place = RULES.appendIndex(i);
                Optional<RuleSchema> schema = schema(place.appendProperty("schema"));
                strangers(
                        place.appendProperty("schema"), subject(document.root().at(place)));
                if (problems.isEmpty()) {
                    rules.add(rule(place, zone, schema.orElseThrow()));
                }
            }
            return new PolicyFile(rules, problems);
        }

        private ZoneId zone() {
            String zone = document.root().path("timeZone").asText("UTC");
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException e) {
                problems.add(malformed(
                                "timeZone is not a known time zone",
                                "Name one of the IANA data base, such as Europe/Berlin, or leave it out for UTC.")
                        .at(document.value(ZONE)));
                return ZoneOffset.UTC;
            }
        }

        private Optional<RuleSchema> schema(JsonPointer place) {
            JsonNode schema = document.root().at(place);
            if (!schema.isObject()) {
                return Optional.empty();
            }
            List<Error> errors = schemas.problemsOfRule(schema);
            errors.forEach(error -> problem(place, error));
            return errors.isEmpty() ? compiled(place, schema) : Optional.empty();
        }

        /** A rule about a member that no document has would hold always. */
        private void strangers(JsonPointer schema, Subject subject) {
            for (String word : ONE_SCHEMA) {
                if (document.root().at(schema.appendProperty(word)).isObject()) {
                    strangers(schema.appendProperty(word), subject);
                }
            }
            for (String word : SEVERAL_SCHEMAS) {
                JsonPointer list = schema.appendProperty(word);
                for (int i = 0; i < document.root().at(list).size(); i++) {
                    strangers(list.appendIndex(i), subject);
                }
            }
            JsonPointer properties = schema.appendProperty("properties");
            document.root().at(properties).fieldNames().forEachRemaining(name -> {
                if (!subject.members().contains(name)) {
                    problems.add(malformed(
                                    "a rule for each " + subject.word() + " looks at `" + name
                                            + "`, which its document does not have: the rule would hold always",
                                    "The document has " + String.join(", ", subject.members())
                                            + "; write properties: {" + subject.word() + ": {properties: {" + name
                                            + ": …}}} for what is in the " + subject.word() + ".")
                            .at(document.key(properties.appendProperty(name))));
                }
            });
        }

        private static Subject subject(JsonNode rule) {
            return Stream.of(Subject.values())
                    .filter(subject -> subject.word().equals(rule.path("each").asText("plan")))
                    .findFirst()
                    .orElse(Subject.PLAN);
        }

        /** Tried once, so that what cannot work shows before there is a plan. */
        private Optional<RuleSchema> compiled(JsonPointer place, JsonNode schema) {
            try {
                RuleSchema compiled = schemas.compiled(schema);
                compiled.validate(Json.object());
                return Optional.of(compiled);
            } catch (RuntimeException | RuleSchema.Undecided | StackOverflowError e) {
                String why = e instanceof StackOverflowError
                        ? "it refers to itself without end, or is too deep"
                        : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                problems.add(malformed(
                                "the schema of " + place.head() + " cannot be used: " + why,
                                "References stay inside of the rule's schema; patterns are regular expressions.")
                        .at(document.key(place)));
                return Optional.empty();
            }
        }

        private Rule rule(JsonPointer place, ZoneId zone, RuleSchema schema) {
            JsonNode rule = document.root().at(place);
            return new Rule(
                    rule.path("id").asText(),
                    rule.path("severity").asText().equals("deny"),
                    rule.path("message").asText(),
                    rule.path("remedy").asText(""),
                    moments(rule.path("on")),
                    subject(rule),
                    zone,
                    schema,
                    document.value(place),
                    digest);
        }

        private static Set<CheckTime> moments(JsonNode on) {
            Map<String, CheckTime> words =
                    Stream.of(CheckTime.values()).collect(Collectors.toMap(CheckTime::word, moment -> moment));
            Set<CheckTime> moments = EnumSet.noneOf(CheckTime.class);
            on.forEach(word -> moments.add(words.get(word.asText())));
            return moments.isEmpty() ? EnumSet.allOf(CheckTime.class) : moments;
        }

        /** What is not there, or should not be, has its place where it would stand. */
        private void problem(JsonPointer base, Error error) {
            JsonPointer at = base.append(Policies.pointer(error));
            String name = at.matches() ? "the file" : at.toString();
            String property = Optional.ofNullable(error.getProperty()).orElse("");
            boolean member = !property.isEmpty() && !error.getKeyword().equals("required");
            Location place = member ? document.key(at.appendProperty(property)) : document.value(at);
            problems.add(malformed(name + ": " + error.getMessage(), SHAPE).at(place));
        }
    }
}
