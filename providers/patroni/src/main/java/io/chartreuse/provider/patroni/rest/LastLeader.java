package io.chartreuse.provider.patroni.rest;

import java.util.Objects;
import java.util.Optional;

/**
 * The member for which Patroni vouched last.
 *
 * @param name    as Patroni names it
 * @param address where its PostgreSQL listens, as {@code host:port}; empty where it did not answer there while it led, so
 *                that its silence would prove nothing
 */
public record LastLeader(String name, Optional<String> address) {
    public LastLeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
    }

    /** As {@code /config} has it: a text that is not an address counts as no address. */
    static LastLeader read(String name, Optional<String> address) {
        return new LastLeader(
                name, address.filter(text -> ServerAddress.parse(text).isPresent()));
    }
}
