package io.chartreuse.provider.postgres.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a database takes part in a run.
 *
 * @param after           the databases that are migrated before it, as the user named them
 * @param order           how many databases stand in a row before it; 0 where it waits for none
 * @param waitAvailable   how long to wait for a server at the beginning; zero: not at all
 * @param reconnectBudget how long to look for its primary after a connection was lost; zero: not at all
 */
public record RunSettings(List<String> after, int order, Duration waitAvailable, Duration reconnectBudget) {

    /** The defaults. */
    public static final RunSettings DEFAULT = new RunSettings(List.of(), 0, Duration.ZERO, Duration.ofMinutes(2));

    public RunSettings {
        after = List.copyOf(after);
        Objects.requireNonNull(waitAvailable, "waitAvailable");
        Objects.requireNonNull(reconnectBudget, "reconnectBudget");
        if (order < 0) {
            throw new IllegalArgumentException("an order counts from 0: " + order);
        }
        if (waitAvailable.isNegative() || reconnectBudget.isNegative()) {
            throw new IllegalArgumentException("no time is negative: " + waitAvailable + ", " + reconnectBudget);
        }
    }
}
