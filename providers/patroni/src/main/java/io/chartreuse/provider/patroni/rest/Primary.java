package io.chartreuse.provider.patroni.rest;

import java.util.Objects;

/**
 * Whether the leader reports that it is the primary.
 *
 * @param node its report about itself; {@link NodeStatus#NONE} where it was not reached
 */
public record Primary(Verdict verdict, NodeStatus node) {

    /** The answer. */
    public enum Verdict {
        /** It holds the leader lock as a primary. */
        YES,
        /** It answers that it does not. */
        NO,
        /** It could not be asked, neither at its own URL nor at an endpoint. */
        NOT_REACHED
    }

    public Primary {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(node, "node");
    }
}
