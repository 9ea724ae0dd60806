package io.chartreuse.provider.patroni.rest;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A member as {@code /cluster} lists it.
 *
 * @param name   "unnamed" where Patroni gives none
 * @param state  in Patroni's words: {@code running}, {@code streaming}, {@code starting}; "in an unknown state" where it
 *               gives none
 * @param apiUrl its own REST API, where it is given and usable
 * @param lag    bytes behind the leader; empty where it is unknown
 */
public record Member(String name, MemberRole role, String state, Optional<URI> apiUrl, OptionalLong lag) {
    public Member {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(apiUrl, "apiUrl");
        Objects.requireNonNull(lag, "lag");
    }

    /**
     * Whether PostgreSQL runs there. Of a replica that receives the leader's changes, newer versions say
     * {@code streaming}, older ones {@code running}.
     */
    public boolean isRunning() {
        return state.equals("running") || state.equals("streaming");
    }
}
