package io.chartreuse.provider.patroni.rest;

import java.util.Objects;

/**
 * Whether the leader says of itself that it is the primary.
 *
 * @param node what it says of itself; {@link NodeStatus#NONE} where it was not reached
 */
public record Primary(Verdict verdict, NodeStatus node) {

    /** The answer. */
    public enum Verdict {
        /** It holds the leader lock as a primary. */
        YES,
        /** It answers, and does not. */
        NO,
        /** It could not be asked, neither at its own URL nor at an endpoint. */
        NOT_REACHED
    }

    public Primary {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(node, "node");
    }
}
