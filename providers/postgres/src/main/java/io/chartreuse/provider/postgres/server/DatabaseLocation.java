package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is, without the user who connects to it.
 *
 * @param hosts    {@code host:port}, comma-separated where there are several
 * @param database its name there
 */
public record DatabaseLocation(String hosts, String database) {

    /** Replaces the hosts where they come from a cluster, because its members change. */
    public static final String CLUSTER = "patroni";

    public DatabaseLocation {
        Objects.requireNonNull(hosts, "hosts");
        Objects.requireNonNull(database, "database");
    }

    /** As the configuration says it. Asks no server. */
    public static DatabaseLocation of(DatabaseSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        DatabaseLocation place = of(source);
        return settings.fromPatroni() ? new DatabaseLocation(CLUSTER, place.database()) : place;
    }

    static DatabaseLocation of(PGSimpleDataSource source) {
        return new DatabaseLocation(
                IntStream.range(0, source.getServerNames().length)
                        .mapToObj(index -> source.getServerNames()[index] + ":" + port(source, index))
                        .collect(Collectors.joining(",")),
                Optional.ofNullable(source.getDatabaseName()).orElse(""));
    }

    private static int port(PGSimpleDataSource source, int index) {
        int port = source.getPortNumbers()[index];
        return port == 0 ? 5432 : port;
    }

    /** {@code host:port/name}. */
    @Override
    public String toString() {
        return hosts + "/" + database;
    }
}
