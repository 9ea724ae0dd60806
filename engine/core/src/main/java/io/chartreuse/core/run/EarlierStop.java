package io.chartreuse.core.run;

import io.chartreuse.spi.model.Address;
import java.time.Instant;
import java.util.Objects;

/**
 * That an earlier run stopped a workload, which this run found stopped still.
 *
 * @param address the workload
 * @param run     the earlier run
 * @param at      when its stop began
 */
public record EarlierStop(Address address, String run, Instant at) {
    public EarlierStop {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(at, "at");
    }
}
