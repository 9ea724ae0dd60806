package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.Suggestion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Says of a key that nothing reads what may have been meant. */
final class UnknownSetting {

    private final JsonNode schema;
    private final KnownSettings known;
    private final Set<String> providers;
    private final LocatedDocument document;
    private final Map<JsonPointer, SortedSet<String>> names = new HashMap<>();
    private final Map<JsonPointer, Map<String, JsonPointer>> elsewhere = new HashMap<>();

    UnknownSetting(JsonNode schema, Set<String> providers, LocatedDocument document) {
        this.schema = schema;
        this.known = new KnownSettings(schema);
        this.providers = providers;
        this.document = document;
    }

    Diagnostic describe(SchemaViolation violation) {
        JsonPointer parent = violation.instance();
        String name = violation.properties().get(0);
        JsonPointer setting = parent.appendProperty(name);
        Optional<String> meant = meant(violation);
        Optional<String> hint =
                meant.map(nearest -> "Did you mean `" + nearest + "`?").or(() -> elsewhere(parent, name));
        if (parent.matches() && section(name, meant, hint)) {
            return Diagnostic.error(
                            ConfigurationError.PROVIDER_UNKNOWN,
                            "no provider is called `" + name + "`",
                            hint.orElse("Remove it, or install the provider.") + " The providers are "
                                    + SettingNames.all(providers) + ".")
                    .at(document.key(setting));
        }
        return Diagnostic.error(
                        ConfigurationError.SETTING_UNKNOWN,
                        "unknown setting " + SettingNames.setting(setting),
                        hint.orElseGet(() -> "Remove it. " + choice(names(violation))))
                .at(document.key(setting));
    }

    /** The setting that the key is likely to mean. */
    Optional<String> meant(SchemaViolation violation) {
        return Suggestion.to(violation.properties().get(0), names(violation));
    }

    private SortedSet<String> names(SchemaViolation violation) {
        return names.computeIfAbsent(violation.schemas().get(0), place -> {
            SortedSet<String> found = new TreeSet<>(known.in(schema.at(place)));
            found.remove("$schema");
            return found;
        });
    }

    private boolean section(String name, Optional<String> meant, Optional<String> hint) {
        return document.root().path(name).isContainerNode()
                && (hint.isEmpty() || meant.filter(providers::contains).isPresent());
    }

    private static String choice(SortedSet<String> names) {
        return names.isEmpty() ? "Nothing can stand here." : "What can stand here: " + SettingNames.all(names) + ".";
    }

    /** Where the key would be known: a level or more up, or one down. A wrong indentation does that. */
    private Optional<String> elsewhere(JsonPointer parent, String name) {
        return Optional.ofNullable(
                        elsewhere.computeIfAbsent(parent, this::namesAround).get(name))
                .map(place -> place.matches()
                        ? "`" + name + "` belongs to the top level: check the indentation."
                        : "`" + name + "` belongs to " + SettingNames.setting(place) + ": check the indentation.");
    }

    /** The first place of each name, found once for all unknown keys of a mapping: a wrong file has very many. */
    private Map<String, JsonPointer> namesAround(JsonPointer parent) {
        Map<String, JsonPointer> places = new HashMap<>();
        Stream.concat(up(parent), down(parent))
                .forEach(place -> known.at(place).forEach(name -> places.putIfAbsent(name, place)));
        return places;
    }

    private static Stream<JsonPointer> up(JsonPointer place) {
        return Stream.iterate(place, p -> !p.matches(), JsonPointer::head).map(JsonPointer::head);
    }

    private Stream<JsonPointer> down(JsonPointer place) {
        return Stream.concat(
                        document.root().at(place).properties().stream()
                                .filter(member -> member.getValue().isContainerNode())
                                .map(Map.Entry::getKey),
                        known.at(place).stream())
                .distinct()
                .map(place::appendProperty);
    }
}
