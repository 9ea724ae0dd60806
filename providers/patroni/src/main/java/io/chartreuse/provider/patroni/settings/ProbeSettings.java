package io.chartreuse.provider.patroni.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/**
 * How a cluster is probed.
 *
 * @param url      JDBC URL, without a password
 * @param user     the login role, a member of the three below
 * @param password reference to the secret, not the secret; empty where the server asks for none
 * @param owner    owns what migrations create
 * @param writer   the application writes with it
 * @param reader   the application reads with it
 */
public record ProbeSettings(
        String url, String user, Optional<JsonNode> password, String owner, String writer, String reader) {
    public ProbeSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(reader, "reader");
    }
}
