package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;

/**
 * A rare power of a {@link Provider}: it can tell what the release wants of resources that it cannot reach, from how they
 * stood when they were recorded.
 */
@FunctionalInterface
public interface OfflinePlanning {

    /**
     * Does what {@link Provider#refresh()} does, without the world. Where nothing has moved since the record was made,
     * the resources equal those that a refresh would give, identity and fingerprint included, so that a plan made of
     * them can be applied.
     *
     * @param recorded each resource as it was after the run that it was recorded by, with its snapshot. Resources of the
     *                 section that are not among them are unknown: an error among the findings says so
     */
    List<Resource> refresh(List<Recorded> recorded);

    /** One resource as it was recorded. */
    record Recorded(Resource resource, Snapshot snapshot) {}
}
