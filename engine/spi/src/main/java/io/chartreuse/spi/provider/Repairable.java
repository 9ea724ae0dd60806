package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Repair;
import java.util.List;

/**
 * A rare power of a {@link Provider}: it can clear away what a step left that failed half-way, where no rollback did. Not
 * part of any plan: a person looks at it and says yes, repair by repair.
 */
public interface Repairable {

    /**
     * What would be cleared away, in the order in which it has to be. Changes nothing.
     *
     * @throws ChartreuseException where the world cannot be read, or somebody is still at it
     */
    List<Repair> repairs();

    /**
     * Does one of them. The engine calls it under the lock, one after the other, in the order of {@link #repairs()}.
     *
     * @throws ChartreuseException where it is no longer what {@code repairs} showed, or the world refuses
     */
    void repair(Repair repair);
}
