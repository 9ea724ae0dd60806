package io.chartreuse.provider.patroni.rest;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Who leads a cluster at one moment.
 *
 * @param timeline the timeline that it writes, which counts the promotions; empty where it is unknown
 */
public record Leader(String name, OptionalInt timeline) {
    public Leader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(timeline, "timeline");
    }
}
