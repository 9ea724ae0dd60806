package io.chartreuse.provider.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.provider.kubernetes.cluster.TlsWarmUp;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import io.chartreuse.spi.provider.WarmUp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** Makes the provider of the configuration's {@code kubernetes} section. */
public final class KubernetesProviderFactory implements ProviderFactory, WarmUp {

    static final String NAME = "kubernetes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "stops a release's workloads while databases migrate, and starts them again";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.QUIESCE);
    }

    @Override
    public String configurationSchema() {
        try (InputStream schema = getClass().getResourceAsStream("kubernetes.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Provider create(JsonNode section, Context context) {
        return new KubernetesProvider(section, context);
    }

    @Override
    public void warmUp() {
        TlsWarmUp.begin();
    }
}
