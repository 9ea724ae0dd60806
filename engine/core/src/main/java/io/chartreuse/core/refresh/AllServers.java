package io.chartreuse.core.refresh;

import io.chartreuse.spi.model.ClusterLeader;
import io.chartreuse.spi.model.Servers;
import io.chartreuse.spi.provider.Provider;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all providers together know of servers.
 *
 * @param providers those that are made so far: handed to each of them, asked when all are there
 */
record AllServers(Collection<Provider> providers) implements Servers {

    @Override
    public boolean knows(String database) {
        return able().anyMatch(able -> able.knows(database));
    }

    /** From the first that knows. */
    @Override
    public Optional<List<String>> behind(String database) {
        return able().flatMap(able -> able.behind(database).stream()).findFirst();
    }

    /** From the first that knows. */
    @Override
    public Optional<ClusterLeader> leader(String database) {
        return able().flatMap(able -> able.leader(database).stream()).findFirst();
    }

    private Stream<Servers> able() {
        return providers.stream()
                .flatMap(provider -> provider instanceof Servers able ? Stream.of(able) : Stream.empty());
    }
}
