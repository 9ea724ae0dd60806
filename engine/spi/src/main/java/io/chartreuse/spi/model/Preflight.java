package io.chartreuse.spi.model;

import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.provider.Provider;
import java.util.List;

/**
 * An optional capability of a {@link Provider} or a {@link Backend}: it checks before a run whether everything it needs
 * is there. Both methods only read. A finding is a {@link Check#problem()}, so that all of them show at once; an
 * exception is only for failures that are not foreseen.
 */
public interface Preflight {

    /**
     * Checks what these changes need. The engine calls it once for each run, under the lock, when the plan was found
     * fresh and no step has begun; an error among the checks refuses the run. Must be quick: the release waits.
     *
     * @param changes of the whole plan, those of other providers too; none of them is without actions
     */
    List<Check> check(List<Change> changes);

    /**
     * Checks everything that any plan could need, and what a person would look at during troubleshooting: versions,
     * rights, reachability, clocks. For {@code chartreuse doctor}, which shows each check as a line.
     */
    List<Check> examine();
}
