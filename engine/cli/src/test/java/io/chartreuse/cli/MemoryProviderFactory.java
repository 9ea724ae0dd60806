package io.chartreuse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import io.chartreuse.testkit.CrashSchedule;
import io.chartreuse.testkit.InMemoryProvider;
import io.chartreuse.testkit.InMemoryWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gives command lines the in-memory worlds of tests, by the directory of the configuration. */
public final class MemoryProviderFactory implements ProviderFactory {

    private static final Map<Path, InMemoryWorld> WORLDS = new ConcurrentHashMap<>();

    static void register(Path directory, InMemoryWorld world) {
        WORLDS.put(directory, world);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "A world in memory, for tests.";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.values());
    }

    @Override
    public String configurationSchema() {
        return """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "$id": "https://chartreuse.io/schemas/memory.schema.json",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "behaviour": {"enum": ["leaky", "broken", "exhausted", "warning", "wrong"], "description": "What it does wrong."},
                    "password": {"$ref": "https://chartreuse.io/schemas/secret.schema.json", "description": "A secret."}
                  }
                }
                """;
    }

    @Override
    public Provider create(JsonNode section, Context context) {
        InMemoryWorld world = WORLDS.get(context.directory());
        String behaviour = section.path("behaviour").asText();
        Provider provider = new InMemoryProvider(world, CrashSchedule.immortal());
        return behaviour.isEmpty() ? provider : misbehaving(provider, behaviour, section, context);
    }

    private static Provider misbehaving(Provider provider, String behaviour, JsonNode section, Context context) {
        return new Provider() {
            @Override
            public List<Resource> refresh() {
                switch (behaviour) {
                    case "leaky" ->
                        throw new ChartreuseException(Diagnostic.error(
                                InMemoryProvider.Failure.UNREADABLE,
                                "the password "
                                        + context.secrets()
                                                .resolve(section.get("password"))
                                                .reveal() + " was refused",
                                "Fix it."));
                    case "broken" -> throw new IllegalStateException("nobody foresaw this");
                    case "exhausted" -> throw new OutOfMemoryError("Java heap space");
                    case "warning", "wrong" -> {
                        return provider.refresh().stream()
                                .map(resource -> told(resource, behaviour.equals("wrong")))
                                .toList();
                    }
                    default -> {
                        return provider.refresh();
                    }
                }
            }

            @Override
            public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
                return provider.converge(step, progress);
            }

            @Override
            public void close() {
                provider.close();
            }
        };
    }

    private static Resource told(Resource resource, boolean wrong) {
        if (resource.role() != Role.MIGRATE) {
            return resource;
        }
        return resource.withFindings(List.of(
                wrong
                        ? Diagnostic.error(InMemoryProvider.Failure.MIGRATION, "V3.sql was changed", "Put it back.")
                        : Diagnostic.warning(
                                InMemoryProvider.Failure.MIGRATION, "the disk is nearly full", "Make room first.")));
    }
}
