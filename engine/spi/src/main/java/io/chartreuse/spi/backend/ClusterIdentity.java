package io.chartreuse.spi.backend;

import java.util.Map;

/**
 * An optional capability of a {@link Backend}: it can identify its cluster among others that use the same names, so
 * that a plan made for one cluster is not applied to another.
 */
@FunctionalInterface
public interface ClusterIdentity {

    /**
     * What identifies the place, by name: {@code cluster} → a uid. The engine asks when a plan has something to do, and
     * when it is applied. A part that cannot be found out is left out and logged at debug level, never thrown; the
     * engine then cannot compare that part.
     */
    Map<String, String> anchor();
}
