package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.server.OrphanedSession;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import java.util.Objects;

/**
 * A database as it was found on a primary.
 *
 * @param primacy the timeline that it writes
 * @param remains what a lost connection left there
 */
public record PrimaryState(Assessment assessment, PrimaryCheck primary, OrphanedSession remains) {
    public PrimaryState {
        Objects.requireNonNull(assessment, "assessment");
        Objects.requireNonNull(primary, "primacy");
        Objects.requireNonNull(remains, "remains");
    }
}
