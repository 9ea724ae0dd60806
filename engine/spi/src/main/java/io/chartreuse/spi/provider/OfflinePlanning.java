package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;

/**
 * An optional capability of a {@link Provider}: it can plan for resources that it cannot reach, from their recorded
 * state.
 */
@FunctionalInterface
public interface OfflinePlanning {

    /**
     * Does what {@link Provider#refresh()} does, without a connection. If nothing has changed since the record was
     * made, the resources equal those that a refresh would return, identity and fingerprint included, so that a plan
     * made from them can be applied.
     *
     * @param recorded each resource as it was after the run that recorded it, with its snapshot. Resources of the
     *                 section that are not among them are unknown: an error among the findings says so
     */
    List<Resource> refresh(List<Recorded> recorded);

    /** One resource as it was recorded. */
    record Recorded(Resource resource, Snapshot snapshot) {}
}
