package io.chartreuse.provider.patroni.rest;

import java.util.Objects;
import java.util.Optional;

/**
 * The member that Patroni confirmed as the leader last.
 *
 * @param name    as Patroni names it
 * @param address where its PostgreSQL listens, as {@code host:port}; empty where it did not answer there while it led,
 *                so that its silence would prove nothing
 */
public record LastLeader(String name, Optional<String> address) {
    public LastLeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
    }

    /** Reads it as {@code /config} has it; ignores a text that is not an address. */
    static LastLeader read(String name, Optional<String> address) {
        return new LastLeader(
                name, address.filter(text -> ServerAddress.parse(text).isPresent()));
    }
}
