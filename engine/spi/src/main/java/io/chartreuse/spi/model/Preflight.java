package io.chartreuse.spi.model;

import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.provider.Provider;
import java.util.List;

/**
 * A rare power of a {@link Provider} or a {@link Backend}: it can tell beforehand whether what it needs is there. Both
 * verbs look and touch nothing. What is not as it should be is a {@link Check#problem()}, so that all of it shows at
 * once; an exception is only for what nobody foresaw.
 */
public interface Preflight {

    /**
     * Looks for what these changes need. The engine calls it once for each run, under the lock, when the plan was found
     * fresh and nothing has been touched yet; an error among the checks refuses the run. Quick: the release waits.
     *
     * @param changes of the whole plan, those of other providers too; none of them is without actions
     */
    List<Check> check(List<Change> changes);

    /**
     * Looks for all that any plan could need, and for what a person would look at where nothing works: versions, rights,
     * reachability, clocks. For {@code chartreuse doctor}, which shows each check as a line.
     */
    List<Check> examine();
}
