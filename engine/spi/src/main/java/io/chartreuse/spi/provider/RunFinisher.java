package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.List;

/**
 * An optional capability of a {@link Provider}: it does work at the end of a run that would only delay the steps. This
 * work must be safe to leave out, since the process may be killed before.
 */
@FunctionalInterface
public interface RunFinisher {

    /**
     * The engine calls it once for each run, under the lock, when the last step is over and the run's end is not on
     * record yet. It does not change the outcome of the run.
     *
     * @param patience how long it may take
     * @return a warning for each resource for which it failed; what fails is not thrown
     */
    List<Diagnostic> finish(Duration patience);
}
