package io.chartreuse.core.apply;

import io.chartreuse.core.run.Run;
import java.util.function.BooleanSupplier;

/** What is done under the lock when a run has ended, whatever its end is. */
@FunctionalInterface
public interface AfterRun {

    /** Nothing. */
    AfterRun NONE = (run, held) -> {};

    /**
     * Called once, from the run's thread. What fails in here is told by whoever does it and never thrown: it changes
     * nothing about the run.
     *
     * @param run  as it ended
     * @param held whether the lock is still ours
     */
    void after(Run run, BooleanSupplier held);
}
