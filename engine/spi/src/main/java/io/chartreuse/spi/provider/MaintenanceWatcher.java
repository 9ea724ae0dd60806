package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Step;

/**
 * A rare power of a {@link Provider}: it watches a resource that a step has brought into maintenance, because others may put
 * it back while databases migrate.
 */
@FunctionalInterface
public interface MaintenanceWatcher {

    /**
     * Watches until the thread is interrupted, and does what the provider's settings say where somebody puts the resource
     * back. The engine calls it in a thread of its own when the stage of the step is over, and interrupts it before anything
     * is brought back. From then on it must change nothing more, and return.
     *
     * @param step that has reached {@link Phase#DURING}
     * @throws ChartreuseException where the run must end for it: the migrations under way are cancelled where they can be
     */
    void watch(Step step, Interference found) throws InterruptedException;

    /** Hears what is found; each message is put on record, so they are few. Never throws. */
    interface Interference {

        /** The resource runs although it is to stand still; the message says since when, and who did it. */
        void putBack(String message);

        /** It stands still again, or all the time: something else about it was changed. */
        void still(String message);
    }
}
