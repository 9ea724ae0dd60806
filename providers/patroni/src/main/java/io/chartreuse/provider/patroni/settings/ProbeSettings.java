package io.chartreuse.provider.patroni.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a cluster is probed.
 *
 * @param url      JDBC URL, without a password; without a host it leads to the cluster's own members
 * @param user     the login role, a member of the three below
 * @param password reference to the secret, not the secret; empty where the server asks for none
 * @param owner    owns what migrations create
 * @param writer   the application writes with it
 * @param reader   the application reads with it
 */
public record ProbeSettings(
        String url, String user, Optional<JsonNode> password, String owner, String writer, String reader) {

    private static final String NO_HOST = "jdbc:postgresql:///";

    public ProbeSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(reader, "reader");
    }

    /** Whether its URL leads to the cluster's members, as it names no host. */
    boolean needsMembers() {
        return url.startsWith(NO_HOST);
    }

    /** The URL to connect to where these are the cluster's members, as {@code host:port}. */
    public String url(List<String> members) {
        return needsMembers() && !members.isEmpty()
                ? "jdbc:postgresql://" + String.join(",", members) + url.substring(NO_HOST.length() - 1)
                : url;
    }
}
