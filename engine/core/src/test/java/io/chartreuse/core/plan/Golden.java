package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Fields;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The golden files: {@code golden/<case>/case.yaml} says what is configured and observed, {@code plan.json} what is
 * planned. {@code -Dgolden.update=true} writes the plans anew; read the difference before you commit it.
 */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final ObjectMapper YAML = new YAMLMapper();

    private record Code(String code) implements ErrorCode {
        @Override
        public ErrorType type() {
            return ErrorType.EXTERNAL;
        }
    }

    private Golden() {}

    static Stream<String> cases() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan that is expected of a case, as text. */
    static String plan(String name) {
        try {
            return Files.readString(FOLDER.resolve(name).resolve("plan.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan that the engine makes of a case. */
    static Plan made(String name) {
        Fields fields = read(FOLDER.resolve(name).resolve("case.yaml"));
        List<Resource> resources = fields.list("resources", Golden::resource);
        PlanRequest request = new PlanRequest(
                PlanDocument.release(fields.object("release")),
                fields.word("strategy", Strategy.class),
                fields.word("onFailure", OnFailure.class),
                Sha256.of(name),
                fields.texts("providers"),
                "1.0.0",
                Instant.parse("2026-11-22T07:00:00Z"));
        return Planner.plan(request, Differ.diff(resources, fields.word("intent", Intent.class)));
    }

    static void update(String name, String plan) {
        try {
            Files.writeString(FOLDER.resolve(name).resolve("plan.json"), plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fields read(Path file) {
        try {
            return Fields.of(YAML.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource resource(Fields fields) {
        ObjectNode observed = fields.object("observed").node();
        return new Resource(
                fields.parsed("address", Address::parse),
                fields.word("role", Role.class),
                (int) fields.number("order", 0),
                observed,
                fields.optionalObject("desired").map(Fields::node).orElse(observed),
                fields.optionalObject("maintenance").map(Fields::node),
                fields.texts("identity", "a text"),
                new TreeMap<>(fields.texts("fingerprint", "a text")),
                fields.list("migrations", Golden::migration),
                fields.text("reason"),
                fields.optionalText("warning").map(Golden::warning).stream().toList(),
                true);
    }

    private static Migration migration(Fields fields) {
        String script = fields.text("script");
        JsonNode transactional = fields.node().path("transactional");
        Migration migration = new Migration(
                fields.optionalText("version"),
                fields.text("description"),
                script,
                Sha256.of(script),
                transactional.asBoolean(true),
                fields.optionalText("sql"));
        return fields.optionalText("sqlDigest")
                .map(digest -> migration.withLargeSql(LargeSql.named(digest, fields.number("sqlBytes", 0))))
                .orElse(migration);
    }

    private static Diagnostic warning(String summary) {
        return Diagnostic.warning(new Code("test.warning"), summary, "");
    }
}
