package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.Diagnostic;
import java.util.Collection;
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

    UnknownSetting(JsonNode schema, Set<String> providers, LocatedDocument document) {
        this.schema = schema;
        this.known = new KnownSettings(schema);
        this.providers = providers;
        this.document = document;
    }

    Diagnostic describe(Violation violation) {
        JsonPointer parent = violation.instance();
        String name = violation.properties().get(0);
        JsonPointer setting = parent.appendProperty(name);
        SortedSet<String> names =
                new TreeSet<>(known.in(schema.at(violation.schemas().get(0))));
        names.remove("$schema");
        Optional<String> elsewhere = elsewhere(parent, name);
        boolean section = parent.matches() && document.root().path(name).isContainerNode();
        boolean provider = section
                && elsewhere.isEmpty()
                && Nearest.to(name, settings(names)).isEmpty();
        String remedy = meant(name, names).or(() -> elsewhere).orElse("Remove it.");
        return Diagnostic.error(
                        provider ? ConfigurationError.PROVIDER_UNKNOWN : ConfigurationError.SETTING_UNKNOWN,
                        provider ? "no provider is called `" + name + "`" : "nothing reads " + Words.setting(setting),
                        remedy + " " + choice(provider, names))
                .at(document.key(setting));
    }

    private Collection<String> settings(Collection<String> names) {
        return names.stream().filter(name -> !providers.contains(name)).toList();
    }

    private static Optional<String> meant(String name, Collection<String> names) {
        return Nearest.to(name, names).map(nearest -> "Did you mean `" + nearest + "`?");
    }

    private String choice(boolean provider, SortedSet<String> names) {
        if (names.isEmpty()) {
            return "Nothing can stand here.";
        }
        return provider
                ? "The providers are " + Words.all(providers) + "."
                : "What can stand here: "
                        + Words.joined(names.stream().map(n -> "`" + n + "`").toList(), ", ") + ".";
    }

    /** Where the key would be known: a level or more up, or one down. A wrong indentation does that. */
    private Optional<String> elsewhere(JsonPointer parent, String name) {
        return Stream.concat(up(parent), down(parent))
                .filter(place -> known.at(place).contains(name))
                .findFirst()
                .map(place -> place.matches()
                        ? "`" + name + "` belongs to the top level: check the indentation."
                        : "`" + name + "` belongs to " + Words.setting(place) + ": check the indentation.");
    }

    private static Stream<JsonPointer> up(JsonPointer place) {
        return Stream.iterate(place, p -> !p.matches(), JsonPointer::head).map(JsonPointer::head);
    }

    private Stream<JsonPointer> down(JsonPointer place) {
        return Stream.concat(
                        document.root().at(place).properties().stream().map(member -> member.getKey()),
                        known.at(place).stream())
                .distinct()
                .map(place::appendProperty);
    }
}
