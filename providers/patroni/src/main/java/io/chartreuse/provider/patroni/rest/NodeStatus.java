package io.chartreuse.provider.patroni.rest;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A node's report about itself ({@code /patroni}, {@code /primary}).
 *
 * @param state            in Patroni's words; empty where it gives none
 * @param scope            the cluster's name in Patroni's configuration
 * @param systemIdentifier of the data directory; empty until there is one
 * @param role             as PostgreSQL itself said ({@code pg_is_in_recovery()}); empty where it gives none
 * @param timeline         of what it writes; empty where it gives none
 * @param position         up to which byte of the write-ahead log it has written; empty where it gives none
 * @param receivers        names of those that receive its changes now; empty where it does not tell
 */
public record NodeStatus(
        Optional<String> state,
        Optional<String> scope,
        Optional<String> systemIdentifier,
        Optional<MemberRole> role,
        OptionalInt timeline,
        OptionalLong position,
        Set<String> receivers) {

    /** A node that reports nothing about itself. */
    static final NodeStatus NONE = new NodeStatus(Optional.empty(), Optional.empty(), Optional.empty());

    /** A node of which nothing else is known. */
    public NodeStatus(Optional<String> state, Optional<String> scope, Optional<String> systemIdentifier) {
        this(state, scope, systemIdentifier, Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Set.of());
    }

    public NodeStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(position, "position");
        receivers = Set.copyOf(receivers);
    }
}
