package io.chartreuse.spi.backend;

import java.util.Map;

/**
 * A rare power of a {@link Backend}: it can tell its place from others that have the same names, so that a plan which was
 * made in one cluster is not applied in another.
 */
@FunctionalInterface
public interface ClusterIdentity {

    /**
     * What identifies the place, by name: {@code cluster} → a uid. Asked when a plan has something to do, and when it is
     * applied. What cannot be told is left out, logged at debug level and never thrown; it proves nothing, then.
     */
    Map<String, String> anchor();
}
