package io.chartreuse.provider.patroni.rest;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A member as {@code /cluster} lists it.
 *
 * @param name   "unnamed" where Patroni gives none
 * @param state  in Patroni's words: {@code running}, {@code streaming}, {@code starting}; "in an unknown state" where
 *               it gives none
 * @param apiUrl its own REST API, where it is given and usable
 * @param lag    bytes behind the leader; empty where it is unknown
 * @param timeline  of what it writes or receives; empty where it is unknown
 * @param address   where its PostgreSQL listens, as {@code host:port}
 * @param cascading whether it follows another member than the leader
 */
public record Member(
        String name,
        MemberRole role,
        String state,
        Optional<URI> apiUrl,
        OptionalLong lag,
        OptionalInt timeline,
        Optional<String> address,
        boolean cascading) {
    public Member {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(apiUrl, "apiUrl");
        Objects.requireNonNull(lag, "lag");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(address, "address");
    }

    /** A member of which nothing else is known. */
    public Member(String name, MemberRole role, String state, Optional<URI> apiUrl, OptionalLong lag) {
        this(name, role, state, apiUrl, lag, OptionalInt.empty(), Optional.empty(), false);
    }

    /** Whether the member reports streaming itself, as newer versions do. */
    public boolean saysThatItStreams() {
        return state.equals("streaming");
    }

    /**
     * Whether PostgreSQL runs there. For a replica that receives the leader's changes, newer versions report {@code
     * streaming}, older ones {@code running}.
     */
    public boolean isRunning() {
        return state.equals("running") || state.equals("streaming");
    }
}
