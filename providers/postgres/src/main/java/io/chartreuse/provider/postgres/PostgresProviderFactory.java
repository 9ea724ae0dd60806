package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.postgres.settings.SettingsReader;
import io.chartreuse.provider.postgres.settings.UrlSecrets;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** Makes the provider of section {@code postgres}. */
public final class PostgresProviderFactory implements ProviderFactory {

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String description() {
        return "migrates PostgreSQL databases, with Flyway built in or your own Alembic";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.MIGRATE);
    }

    @Override
    public String configurationSchema() {
        try (InputStream schema = PostgresProviderFactory.class.getResourceAsStream("postgres.schema.json")) {
            return new String(
                    Objects.requireNonNull(schema, "postgres.schema.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read postgres.schema.json", e);
        }
    }

    @Override
    public Provider create(JsonNode section, Context context) {
        Context ours = context.resolving(new UrlSecrets(context.secrets()));
        SettingsReader reader = new SettingsReader(context.directory(), ours.secrets());
        return SettingsReader.needsSecrets(section)
                ? new PostgresProvider(reader.outline(section), () -> reader.read(section), ours)
                : new PostgresProvider(reader.read(section), ours);
    }
}
