package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.insight.Build;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.ProviderFactory;

/** What is installed as JSON: {@code output/providers.schema.json} and {@code output/version.schema.json}. */
public final class InstallationDocument {

    private InstallationDocument() {}

    /** Providers and backends, sorted by name. */
    public static ObjectNode of(Registry registry) {
        ObjectNode document = Json.object();
        ArrayNode providers = document.putArray("providers");
        registry.providers().values().forEach(factory -> providers.add(provider(factory)));
        ArrayNode backends = document.putArray("backends");
        registry.backends().keySet().forEach(backends::add);
        return document;
    }

    private static ObjectNode provider(ProviderFactory factory) {
        ObjectNode node = Json.object();
        node.put("name", factory.name());
        node.put("description", factory.description());
        ArrayNode roles = node.putArray("roles");
        factory.roles().stream().sorted().map(Role::word).forEach(roles::add);
        node.put("version", Build.version(factory.getClass()));
        return node;
    }

    /** The versions of Chartreuse and of what it runs on. */
    public static ObjectNode of(String version, String java, String system) {
        return Json.object().put("version", version).put("java", java).put("system", system);
    }
}
