package io.chartreuse.provider.postgres.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.postgres.settings.FlywayOptions.Naming;
import io.chartreuse.provider.postgres.settings.FlywayOptions.PlaceholderStyle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads Flyway's rarer settings. */
final class FlywayOptionsReader {

    private final Path directory;
    private final JsonNode node;

    /** @param directory where relative paths start */
    FlywayOptionsReader(Path directory, JsonNode node) {
        this.directory = directory;
        this.node = node;
    }

    FlywayOptions read() {
        FlywayOptions usual = FlywayOptions.DEFAULT;
        return new FlywayOptions(
                naming(),
                Charset.forName(text("encoding", usual.encoding().name())),
                new PlaceholderStyle(
                        text("placeholderPrefix", PlaceholderStyle.DEFAULT.prefix()),
                        text("placeholderSuffix", PlaceholderStyle.DEFAULT.suffix()),
                        node.path("placeholderReplacement").asBoolean(true)),
                node.path("mixed").asBoolean(usual.mixed()),
                node.path("createSchemas").asBoolean(usual.createSchemas()),
                texts("ignoreMigrationPatterns", usual.ignoreMigrationPatterns()),
                versions(),
                node.has("baselineVersion"),
                texts("jars", List.of()).stream()
                        .map(jar -> directory.resolve(jar).normalize())
                        .toList());
    }

    private Naming naming() {
        return new Naming(
                text("sqlMigrationPrefix", Naming.DEFAULT.prefix()),
                text("repeatableSqlMigrationPrefix", Naming.DEFAULT.repeatable()),
                text("sqlMigrationSeparator", Naming.DEFAULT.separator()),
                texts("sqlMigrationSuffixes", Naming.DEFAULT.suffixes()),
                node.path("validateMigrationNaming").asBoolean(Naming.DEFAULT.validated()));
    }

    private Set<String> versions() {
        return texts("acceptEdited", List.of()).stream()
                .map(version -> version.replace('_', '.'))
                .collect(Collectors.toSet());
    }

    private String text(String field, String otherwise) {
        return node.path(field).asText(otherwise);
    }

    private List<String> texts(String field, List<String> otherwise) {
        return node.has(field)
                ? StreamSupport.stream(node.get(field).spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : otherwise;
    }
}
