package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Step;

/**
 * An optional capability of a {@link Provider}: it watches a resource that a step has brought into maintenance, because
 * another process or a person may put it back while databases migrate.
 */
@FunctionalInterface
public interface MaintenanceWatcher {

    /**
     * Watches until the thread is interrupted. When another process or a person puts the resource back, it does what
     * the provider's settings say. The engine calls it in a thread of its own when the stage of the step is over, and
     * interrupts it before anything is brought back. From then on it must change nothing more, and return.
     *
     * @param step that has reached {@link Phase#DURING}
     * @throws ChartreuseException if the run must end because of that: migrations under way are cancelled where they
     *         can be
     */
    void watch(Step step, Interference found) throws InterruptedException;

    /** Receives what the watcher finds. The run records each message, so a watcher sends few. Never throws. */
    interface Interference {

        /** The resource runs although it should be stopped; the message says since when, and who started it. */
        void putBack(String message);

        /** The resource is stopped again, or was never started: something else about it was changed. */
        void still(String message);
    }
}
