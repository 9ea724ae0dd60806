package io.chartreuse.core.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.CrossProviderCheck;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import io.chartreuse.spi.provider.StaleSuspensionRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The providers that a configuration asks for. */
public final class Providers implements AutoCloseable {

    private static final Duration FOREVER = Duration.ofDays(1);

    private final SortedMap<String, Provider> byName;

    private Providers(SortedMap<String, Provider> byName) {
        this.byName = byName;
    }

    /** Providers that exist already, by name. */
    public static Providers of(Map<String, Provider> providers) {
        return new Providers(new TreeMap<>(providers));
    }

    /**
     * Lets each provider that can take back what a dead run left in the way of the next one. Called under the lock,
     * before the world is read.
     *
     * @param report receives what was found and done
     */
    public void unblock(Consumer<String> report) throws InterruptedException {
        for (Provider provider : byName.values()) {
            if (provider instanceof StaleSuspensionRelease able) {
                able.unblock(report::accept);
            }
        }
    }

    /**
     * Makes the provider of each section.
     *
     * @throws ChartreuseException with the problems of all sections
     */
    public static Providers create(Configuration configuration, Registry registry, Context context) {
        SortedMap<String, Provider> made = new TreeMap<>();
        List<Diagnostic> problems = new ArrayList<>();
        Context knowing = context.knowing(new AllServers(made.values()));
        for (Map.Entry<String, JsonNode> section : configuration.sections().entrySet()) {
            ProviderFactory factory = registry.providers().get(section.getKey());
            try {
                made.put(section.getKey(), factory.create(section.getValue(), knowing));
            } catch (ChartreuseException e) {
                problems.addAll(e.diagnostics());
            }
        }
        Providers providers = new Providers(made);
        if (problems.isEmpty()) {
            problems.addAll(providers.unmet());
        }
        if (!problems.isEmpty()) {
            providers.close();
            throw new ChartreuseException(problems);
        }
        return providers;
    }

    /** What a section needs that no other one gives. */
    private List<Diagnostic> unmet() {
        return byName.values().stream()
                .flatMap(provider -> provider instanceof CrossProviderCheck able ? Stream.of(able) : Stream.empty())
                .flatMap(able -> able.unmet().stream())
                .toList();
    }

    /** The names of all of them, sorted. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * What is there, from these providers at once, sorted by address.
     *
     * @throws ChartreuseException with the problems of all providers that could not read their world
     */
    public List<Resource> refresh(Collection<String> names) {
        return read(names).complete();
    }

    /** The same as far as it can be read: one provider's world that does not answer hides no other's. */
    public RefreshResult read(Collection<String> names) {
        List<CompletableFuture<List<Resource>>> readings = names.stream()
                .map(this::named)
                .map(provider -> Concurrently.start("refresh", provider::refresh))
                .toList();
        List<Resource> resources = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (CompletableFuture<List<Resource>> reading : readings) {
            try {
                resources.addAll(Concurrently.result(reading));
            } catch (ChartreuseException e) {
                problems.addAll(e.diagnostics());
            }
        }
        resources.sort(Comparator.comparing(Resource::address));
        return new RefreshResult(resources, problems);
    }

    /**
     * The same, with what providers have to record beside it.
     *
     * @param recording asked for each provider when it has refreshed: whether its snapshots are wanted at all
     */
    public List<Inspection> inspect(Collection<String> names, BooleanSupplier recording) {
        return inspect(names, recording, FOREVER);
    }

    /** @param patience after which a provider that has not answered counts as one that cannot read its world */
    public List<Inspection> inspect(Collection<String> names, BooleanSupplier recording, Duration patience) {
        return names.stream()
                .map(name -> Map.entry(
                        name, Concurrently.start("inspect", () -> Inspection.of(name, named(name), recording))))
                .toList()
                .stream()
                .map(begun -> begun.getValue()
                        .completeOnTimeout(
                                Inspection.late(begun.getKey(), patience), patience.toMillis(), TimeUnit.MILLISECONDS))
                .map(Concurrently::result)
                .toList();
    }

    /** The provider that owns the resource. */
    public Provider of(Address address) {
        return named(address.provider());
    }

    /** The provider of that name. */
    public Provider named(String name) {
        Provider provider = byName.get(name);
        if (provider == null) {
            throw new IllegalStateException("no provider \"" + name + "\" is configured");
        }
        return provider;
    }

    @Override
    public void close() {
        byName.values().forEach(Provider::close);
    }
}
