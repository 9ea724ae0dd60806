package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Address;
import java.util.SortedMap;

/**
 * A rare power of a {@link Provider}: it can say how things stand that no step leads to, such as who leads a cluster.
 * The record of a run holds it before the first step and after the last.
 */
@FunctionalInterface
public interface Observer {

    /**
     * How each resource stands now, in one line without secrets: {@code scope shop, timeline 3, leader pg-0}. Looks in
     * bounded time and touches nothing; what cannot be seen is said in such a line, too, and never thrown.
     */
    SortedMap<Address, String> observe();
}
