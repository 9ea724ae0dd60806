package io.chartreuse.provider.patroni;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.patroni.gate.Gate;
import io.chartreuse.provider.patroni.settings.SettingsReader;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Makes the provider of the section {@code patroni}. */
public final class PatroniProviderFactory implements ProviderFactory {

    private static final String SCHEMA = "patroni.schema.json";

    @Override
    public String name() {
        return "patroni";
    }

    @Override
    public String description() {
        return "waits until the Patroni cluster behind a database is ready, and can pause its failover while databases migrate";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.GATE, Role.SUSPEND);
    }

    @Override
    public String configurationSchema() {
        try (InputStream schema = PatroniProviderFactory.class.getResourceAsStream(SCHEMA)) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA + " cannot be read", e);
        }
    }

    @Override
    public Provider create(JsonNode section, Context context) {
        return new PatroniProvider(
                SettingsReader.read(section, context.directory()), context, new Gate(context.clock()));
    }
}
