package io.chartreuse.core.refresh;

import io.chartreuse.spi.BackendFactory;
import io.chartreuse.spi.ProviderFactory;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The providers and backends of this installation, by name. */
public record Registry(SortedMap<String, ProviderFactory> providers, SortedMap<String, BackendFactory> backends) {

    /** What {@link ServiceLoader} finds on the class path. */
    public static Registry installed() {
        SortedMap<String, ProviderFactory> providers = new TreeMap<>();
        ServiceLoader.load(ProviderFactory.class).forEach(factory -> providers.put(factory.name(), factory));
        SortedMap<String, BackendFactory> backends = new TreeMap<>();
        ServiceLoader.load(BackendFactory.class).forEach(factory -> backends.put(factory.name(), factory));
        return new Registry(providers, backends);
    }
}
