package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.spi.Address;
import io.chartreuse.spi.Progress;
import java.util.Objects;

/**
 * A workload that a run has started.
 *
 * @param address  its name to the engine
 * @param workload as it was found last
 * @param progress hears how far it is
 */
public record Started(Address address, Workload workload, Progress progress) {
    public Started {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(progress, "progress");
    }
}
