package io.chartreuse.core.session;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.Lease;
import io.chartreuse.spi.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a release stands now.
 *
 * @param lock      who holds it, where somebody does; it may have lapsed
 * @param lastRun   the newest run on record
 * @param resources as just read
 */
public record ReleaseStatus(Release release, Optional<Lease> lock, Optional<Run> lastRun, List<Resource> resources) {
    public ReleaseStatus {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(lock, "lock");
        Objects.requireNonNull(lastRun, "lastRun");
        resources = List.copyOf(resources);
    }
}
