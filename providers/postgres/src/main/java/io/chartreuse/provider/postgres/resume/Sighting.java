package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.server.Primacy;
import io.chartreuse.provider.postgres.server.Remains;
import java.util.Objects;

/**
 * A database as it was found on a primary.
 *
 * @param primacy which line of history it writes
 * @param remains what a lost connection left there
 */
public record Sighting(Assessment assessment, Primacy primacy, Remains remains) {
    public Sighting {
        Objects.requireNonNull(assessment, "assessment");
        Objects.requireNonNull(primacy, "primacy");
        Objects.requireNonNull(remains, "remains");
    }
}
