package io.chartreuse.core.apply;

import io.chartreuse.core.run.Run;
import java.util.function.BooleanSupplier;

/** What is done under the lock when a run has ended, whatever its end is. */
@FunctionalInterface
public interface AfterRun {

    /** Nothing. */
    AfterRun NONE = (run, held) -> {};

    /**
     * Called once, from the run's thread. A failure in here is reported by the implementation and never thrown: it does
     * not affect the run.
     *
     * @param run  as it ended
     * @param held whether this process still holds the lock
     */
    void after(Run run, BooleanSupplier held);
}
