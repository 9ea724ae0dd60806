package io.chartreuse.core.plan;

import io.chartreuse.spi.model.Change;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many resources meet which action; a resource that is stopped and started counts in both. */
public final class PlanSummary {

    private static final List<String> ACTIONS = List.of("wait", "stop", "start", "update", "migrate");

    /** Counted where there are any. */
    private static final List<String> RARE_ACTIONS = List.of("suspend", "resume");

    private PlanSummary() {}

    /** Counts by action, and under {@code unchanged} the resources without any. */
    public static SortedMap<String, Integer> of(Collection<Change> changes) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        ACTIONS.forEach(action -> counts.put(action, (int)
                changes.stream().filter(c -> c.actions().contains(action)).count()));
        RARE_ACTIONS.forEach(action -> changes.stream()
                .filter(c -> c.actions().contains(action))
                .forEach(c -> counts.merge(action, 1, Integer::sum)));
        counts.put("unchanged", (int) changes.stream().filter(Change::unchanged).count());
        return counts;
    }
}
