package io.chartreuse.spi.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a cluster says of the server that leads it, at one moment.
 *
 * @param name             in the cluster's own words
 * @param address          where its PostgreSQL listens, as {@code host:port}; empty where the cluster does not give it
 * @param systemIdentifier of its data directory
 * @param timeline         which line of history it writes: counts the promotions
 * @param position         up to which byte of the write-ahead log it has written
 * @param confirmed        whether the server itself says that it leads, as a primary: a list of members may be outdated,
 *                         and a member that is cut off from the others may not know yet that it leads no longer
 */
public record ClusterLeader(
        String name,
        Optional<String> address,
        Optional<String> systemIdentifier,
        OptionalInt timeline,
        OptionalLong position,
        boolean confirmed) {

    public ClusterLeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(position, "position");
    }
}
