package io.chartreuse.spi.backend;

import java.time.Instant;
import java.util.Objects;

/**
 * A plan that is stored, without its content, which may be several megabytes.
 *
 * @param id {@code sha256:…}
 */
public record StoredPlan(String id, Instant createdAt) {

    public StoredPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** What is kept of that artifact. */
    public static StoredPlan of(Artifact plan) {
        return new StoredPlan(plan.id(), plan.createdAt());
    }
}
