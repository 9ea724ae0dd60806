package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Fields;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.Sha256;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a configuration and checks it against the schema. */
public final class ConfigurationLoader {

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(
                    (Diagnostic d) -> d.location().orElseThrow(),
                    Comparator.comparingInt(Location::line)
                            .thenComparingInt(Location::column)
                            .thenComparing(Location::path))
            .thenComparing(Diagnostic::summary);

    private final ConfigurationSchema schema;

    public ConfigurationLoader(ConfigurationSchema schema) {
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /**
     * Reads the file.
     *
     * @throws ChartreuseException with all that is wrong, each problem with its place, in the order of the file
     */
    public Configuration load(Path file) {
        return load(ConfigurationText.read(file));
    }

    /**
     * Reads the text.
     *
     * @throws ChartreuseException with all that is wrong, each problem with its place, in the order of the text
     */
    public Configuration load(ConfigurationText text) {
        YamlDocument yaml = YamlDocument.parse(text)
                .filter(document -> !document.located().root().isNull())
                .orElseThrow(() -> empty(text.name()));
        List<Diagnostic> problems = problems(yaml);
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return configuration((ObjectNode) yaml.located().root(), text.directory());
    }

    private List<Diagnostic> problems(YamlDocument yaml) {
        Set<String> unread =
                yaml.problems().stream().map(ConfigurationLoader::path).collect(Collectors.toSet());
        return Stream.concat(
                        yaml.problems().stream(),
                        // What could not be read fits no schema either: once is enough.
                        SchemaProblems.find(schema, yaml.located()).stream()
                                .filter(problem -> !unread.contains(path(problem))))
                .sorted(BY_PLACE)
                .toList();
    }

    private static String path(Diagnostic problem) {
        return problem.location().orElseThrow().path();
    }

    private Configuration configuration(ObjectNode root, Path directory) {
        ObjectNode rules = schema.composed();
        ObjectNode normal = new Defaults(rules).fill(root);
        BackendSetting backend = BackendSetting.of(normal.get("backend"));
        RetentionSetting retention = RetentionSetting.of(normal.path("retention"));
        ObjectNode audit = normal.withObject("/audit");
        normal.remove(List.of("$schema", "retention", "audit"));
        normal.set("backend", backend.settings().put("type", backend.type()));
        Fields fields = Fields.of(normal);
        ObjectNode whole = NamedFiles.withContents(normal, directory);
        return new Configuration(
                fields.text("release"),
                fields.optionalText("namespace"),
                fields.word("strategy", Strategy.class),
                fields.word("onFailure", OnFailure.class),
                backend,
                Optional.ofNullable(normal.get("approvals")),
                sections(root),
                fields.texts("policy").stream().map(directory::resolve).toList(),
                retention,
                audit,
                directory,
                new SettingDigests(rules, fields.text("release")).of(whole, rules),
                Sha256.of(CanonicalJson.write(whole)));
    }

    /** As the user wrote them: which of its defaults hold is for the provider. */
    private SortedMap<String, JsonNode> sections(ObjectNode root) {
        SortedMap<String, JsonNode> sections = new TreeMap<>();
        schema.providers().stream().filter(root::has).forEach(name -> sections.put(name, root.get(name)));
        return sections;
    }

    private static ChartreuseException empty(String file) {
        return new ChartreuseException(Diagnostic.error(
                        ConfigurationError.CONFIGURATION_EMPTY,
                        file + " is empty",
                        "Write at least `version: 1`, `release: NAME` and a provider's section.")
                .at(Location.of(file)));
    }
}
