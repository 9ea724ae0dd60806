package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Address;
import java.util.SortedMap;

/**
 * An optional capability of a {@link Provider}: it reports facts that no step changes, such as which server leads a
 * cluster. A run records them before its first step and after its last.
 */
@FunctionalInterface
public interface Observer {

    /**
     * The current facts of each resource, in one line without secrets: {@code scope shop, timeline 3, leader pg-0}.
     * Reads in bounded time and changes nothing. If something cannot be read, the line says so; the method never
     * throws.
     */
    SortedMap<Address, String> observe();
}
