package io.chartreuse.core.drift;

import io.chartreuse.core.state.State;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The drift since the last run, as far as it could be read.
 *
 * @param since   what it is compared with; empty if no state is recorded, and then only resources left in maintenance
 *                are reported
 * @param current whether the last run recorded it; if not, what that run may have done is of kind {@link
 *                DriftKind#UNKNOWN}
 * @param running whether a run is under way: nothing is compared, then
 * @param found   sorted
 */
public record DriftReport(Optional<State> since, boolean current, boolean running, List<DriftedPart> found) {
    public DriftReport {
        Objects.requireNonNull(since, "since");
        found = List.copyOf(found);
    }

    /** Whether something has changed that no run of Chartreuse can have changed. */
    public boolean hasDrift() {
        return found.stream().anyMatch(one -> one.kind() != DriftKind.UNKNOWN);
    }

    /** What differs and may be the work of a run that recorded nothing. */
    public List<DriftedPart> unknown() {
        return found.stream().filter(one -> one.kind() == DriftKind.UNKNOWN).toList();
    }
}
