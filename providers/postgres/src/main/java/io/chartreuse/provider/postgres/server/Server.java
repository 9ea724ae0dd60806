package io.chartreuse.provider.postgres.server;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The server that answers at a database's URL.
 *
 * @param systemIdentifier of the cluster, the same on all its nodes; empty where the login may not read it
 * @param oid              of the database: another one after it was dropped and created again
 * @param database         its name
 * @param major            the server's major version, such as 18
 * @param standby          whether it refuses writes because it follows another server
 * @param empty            whether it has no table but the migration tool's own
 * @param history          whether the migration tool's own table is there
 * @param standardStrings  whether a session of the login begins with {@code standard_conforming_strings} on
 */
public record Server(
        Optional<String> systemIdentifier,
        String oid,
        String database,
        int major,
        boolean standby,
        boolean empty,
        boolean history,
        boolean standardStrings) {

    public Server {
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        Objects.requireNonNull(oid, "oid");
        Objects.requireNonNull(database, "database");
    }

    /** Which database this is, whatever its URL says. */
    public Map<String, String> identity() {
        Map<String, String> identity = new TreeMap<>();
        systemIdentifier.ifPresent(value -> identity.put("systemIdentifier", value));
        identity.put("database", database);
        identity.put("oid", oid);
        return identity;
    }
}
