package io.chartreuse.core.plan;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Phase;
import java.util.Objects;

/**
 * A step as the plan holds it: which resource, to which state of its change.
 *
 * @param id unique in its plan
 */
public record PlannedStep(String id, Address address, Phase to) {
    public PlannedStep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(to, "to");
    }
}
