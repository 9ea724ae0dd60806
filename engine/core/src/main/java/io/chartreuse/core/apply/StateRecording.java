package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Records how the release stands when a run is over. */
@FunctionalInterface
public interface StateRecording {

    /** Records nothing. */
    StateRecording UNRECORDED = (run, plan, patience, report) -> Optional.empty();

    /**
     * Called once a run under its lock, when the last step is over, recovery included, and the run has nothing left to
     * wait for.
     *
     * @param patience how long the providers are waited for at most
     * @param report     receives a sentence for what could not be recorded; nothing of that is thrown
     * @return the digest of the state that is recorded for this run
     */
    Optional<String> record(Run run, Plan plan, Duration patience, Consumer<String> report);
}
