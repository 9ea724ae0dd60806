package io.chartreuse.core.refresh;

import io.chartreuse.core.configuration.ConfigurationSchema;
import io.chartreuse.spi.backend.BackendFactory;
import io.chartreuse.spi.provider.ProviderFactory;
import io.chartreuse.spi.provider.WarmUp;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The providers and backends of this installation, by name, and the schema of configurations for them. */
public final class Registry {

    private final SortedMap<String, ProviderFactory> providers;
    private final SortedMap<String, BackendFactory> backends;
    private ConfigurationSchema schema;

    public Registry(Map<String, ProviderFactory> providers, Map<String, BackendFactory> backends) {
        this.providers = Collections.unmodifiableSortedMap(new TreeMap<>(providers));
        this.backends = Collections.unmodifiableSortedMap(new TreeMap<>(backends));
    }

    /** What {@link ServiceLoader} finds on the class path. */
    public static Registry installed() {
        Map<String, ProviderFactory> providers = new TreeMap<>();
        ServiceLoader.load(ProviderFactory.class).forEach(factory -> providers.put(factory.name(), factory));
        Map<String, BackendFactory> backends = new TreeMap<>();
        ServiceLoader.load(BackendFactory.class).forEach(factory -> backends.put(factory.name(), factory));
        return new Registry(providers, backends);
    }

    public SortedMap<String, ProviderFactory> providers() {
        return providers;
    }

    public SortedMap<String, BackendFactory> backends() {
        return backends;
    }

    /** The schema of configurations for what is installed. Made when it is first asked for; that takes a while. */
    public synchronized ConfigurationSchema schema() {
        if (schema == null) {
            Map<String, String> sections = new TreeMap<>();
            providers.forEach((name, factory) -> sections.put(name, factory.configurationSchema()));
            schema = new ConfigurationSchema(sections);
        }
        return schema;
    }

    /** Lets providers go through what they will do first and slowly, on threads of their own. */
    public void warmUp() {
        for (ProviderFactory factory : providers.values()) {
            if (factory instanceof WarmUp able) {
                Thread thread = new Thread(able::warmUp, "warm-up-" + factory.name());
                thread.setDaemon(true);
                thread.start();
            }
        }
    }
}
