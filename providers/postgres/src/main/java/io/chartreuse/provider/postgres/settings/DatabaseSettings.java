package io.chartreuse.provider.postgres.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.Address;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One database as configured.
 *
 * @param name           the user's name for it
 * @param url            JDBC URL without credentials, of the server itself where the application goes through a pooler
 * @param fromPatroni    whether the URL's hosts are replaced by those of the Patroni cluster behind it
 * @param applicationUrl the application's URL where that differs, such as a pooler's
 * @param user           the login role; empty: the driver's default
 * @param password       the reference to the password, resolved at each connection
 * @param role           the role that every statement runs as; empty: the login role
 * @param allowEmpty     whether a database without tables is migrated
 * @param connectTimeout for one host
 * @param run            how it takes part in a run
 * @param locks          how long to wait for locks
 * @param tool           the migration tool
 */
public record DatabaseSettings(
        String name,
        String url,
        boolean fromPatroni,
        Optional<String> applicationUrl,
        Optional<String> user,
        Optional<JsonNode> password,
        Optional<String> role,
        boolean allowEmpty,
        Duration connectTimeout,
        RunSettings run,
        LockSettings locks,
        ToolSettings tool) {

    /** The type of this provider's resources. */
    public static final String TYPE = "postgres.database";

    public DatabaseSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(applicationUrl, "applicationUrl");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(locks, "locks");
        Objects.requireNonNull(tool, "tool");
        password = password.map(JsonNode::deepCopy);
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException(name + ": a connection needs time: " + connectTimeout);
        }
    }

    /** Flyway's settings, for code that serves only Flyway. */
    public MigrationSettings migrations() {
        if (tool instanceof MigrationSettings flyway) {
            return flyway;
        }
        throw new IllegalStateException(name + " is not migrated by Flyway");
    }

    /** The same database at that URL, whatever hosts the cluster names. */
    public DatabaseSettings at(String otherUrl) {
        return new DatabaseSettings(
                name,
                otherUrl,
                false,
                Optional.empty(),
                user,
                password,
                role,
                allowEmpty,
                connectTimeout,
                run,
                locks,
                tool);
    }

    /** The resource that it is. */
    public Address address() {
        return new Address(TYPE, name);
    }
}
