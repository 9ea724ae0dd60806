package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.FieldSetter;
import io.chartreuse.spi.provider.MaintenanceWatcher.Interference;
import java.util.Objects;
import java.util.Optional;

/**
 * What others have changed about a workload that is held stopped.
 *
 * @param what   for people: {@code was put back to 3 replicas}
 * @param runs   whether it runs again
 * @param counts whether the change works against the run; false where only Chartreuse's mark is missing
 * @param setter who changed it, where the API server knows
 */
record OutsideChange(String what, boolean runs, boolean counts, Optional<FieldSetter> setter) {

    OutsideChange {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(setter, "setter");
    }

    /** Who made the change, for people, without an article. */
    String who() {
        return setter.map(FieldSetter::manager)
                .map(manager -> '"' + manager + '"')
                .orElse("whatever changed it");
    }

    void tell(Interference found, String consequence) {
        if (runs) {
            found.putBack(this + ": " + consequence);
        } else {
            found.still(this + ": " + consequence);
        }
    }

    @Override
    public String toString() {
        return what + setter.map(by -> " by " + by).orElse(" by another");
    }
}
