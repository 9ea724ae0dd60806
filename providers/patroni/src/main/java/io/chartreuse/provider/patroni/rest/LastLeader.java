package io.chartreuse.provider.patroni.rest;

import java.net.URI;
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

    /** As somebody wrote it down: an address that leads nowhere is none. */
    static LastLeader read(String name, Optional<String> address) {
        return new LastLeader(name, address.filter(LastLeader::isAddress));
    }

    private static boolean isAddress(String text) {
        try {
            URI place = URI.create("postgresql://" + text);
            return place.getHost() != null
                    && place.getPort() > 0
                    && place.getRawUserInfo() == null
                    && text.equals(place.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
