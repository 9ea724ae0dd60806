package io.chartreuse.provider.patroni.rest;

import java.util.Objects;
import java.util.Optional;

/**
 * What a node says of itself ({@code /patroni}, {@code /primary}).
 *
 * @param state            in Patroni's words; empty where it gives none
 * @param scope            the cluster's name in Patroni's configuration
 * @param systemIdentifier of the data directory; empty until there is one
 */
public record NodeStatus(Optional<String> state, Optional<String> scope, Optional<String> systemIdentifier) {

    /** A node that says nothing of itself. */
    static final NodeStatus NONE = new NodeStatus(Optional.empty(), Optional.empty(), Optional.empty());

    public NodeStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(systemIdentifier, "systemIdentifier");
    }
}
