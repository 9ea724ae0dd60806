package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Repair;
import java.util.List;

/**
 * An optional capability of a {@link Provider}: it can remove what a step left behind that failed half-way and was not
 * rolled back. Not part of any plan: a person looks at each repair and confirms it.
 */
public interface Repairable {

    /**
     * What would be removed, in the order in which it has to be. Changes nothing.
     *
     * @throws ChartreuseException if the resources cannot be read, or another process still works on them
     */
    List<Repair> repairs();

    /**
     * Does one of them. The engine calls it under the lock, one after the other, in the order of {@link #repairs()}.
     *
     * @throws ChartreuseException if it is no longer what {@code repairs} showed, or the server refuses
     */
    void repair(Repair repair);
}
