package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.provider.Progress;
import java.util.Objects;

/**
 * A workload that a run has started.
 *
 * @param address  its address in the plan
 * @param workload as it was found last
 * @param progress gets reports on its progress
 */
public record StartedWorkload(Address address, Workload workload, Progress progress) {
    public StartedWorkload {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(progress, "progress");
    }
}
