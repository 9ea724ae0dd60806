package io.chartreuse.provider.postgres.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a database takes part in a run.
 *
 * @param after           the databases that are migrated before it, as the user named them
 * @param order           how many databases stand in a row before it; 0 where it waits for none
 * @param reconnectBudget how long its primary is looked for after a connection was lost; zero: not at all
 */
public record RunSettings(List<String> after, int order, Duration reconnectBudget) {

    /** What holds where nothing is said. */
    public static final RunSettings DEFAULT = new RunSettings(List.of(), 0, Duration.ofMinutes(2));

    public RunSettings {
        after = List.copyOf(after);
        Objects.requireNonNull(reconnectBudget, "reconnectBudget");
        if (order < 0) {
            throw new IllegalArgumentException("an order counts from 0: " + order);
        }
        if (reconnectBudget.isNegative()) {
            throw new IllegalArgumentException("a budget cannot be negative: " + reconnectBudget);
        }
    }
}
