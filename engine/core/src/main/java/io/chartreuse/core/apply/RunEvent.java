package io.chartreuse.core.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Phase;
import java.time.Duration;

/** What a run reports to its {@link RunObserver}, as it happens. Texts contain no secrets. */
public sealed interface RunEvent {

    /** Something that is neither stage nor step: a lock that is waited for. */
    record Note(String message) implements RunEvent {}

    /** The run is in the journal; nothing was touched yet. */
    record RunBegun(Run run, Plan plan, boolean resumed) implements RunEvent {}

    record StageBegun(Stage stage) implements RunEvent {}

    record StepBegun(String step, Address address, Phase to) implements RunEvent {}

    record StepProgress(String step, Address address, String message) implements RunEvent {}

    /** Something that is not as it should be. */
    record StepWarned(String step, Address address, String message) implements RunEvent {}

    /** A migration of the step has ended; applied means committed. */
    record MigrationEnded(String step, Address address, MigrationResult result) implements RunEvent {}

    /**
     * @param reached how the resource is now; that of the plan where the step did not succeed
     * @param message what went wrong, or who keeps stopped what was to come back; else empty
     */
    record StepEnded(
            String step,
            Address address,
            Phase to,
            StepOutcome outcome,
            Duration took,
            ObjectNode reached,
            String message)
            implements RunEvent {}

    /** What a step has started again is waited for; how far it is. */
    record Readying(String step, Address address, String message) implements RunEvent {}

    /**
     * What a step has started again is ready, or is not in time.
     *
     * @param how  how much of it is, and why not the rest
     * @param took since all was started
     */
    record Readied(String step, Address address, boolean ready, String how, Duration took) implements RunEvent {}

    /** The run ended before it came to this step. */
    record StepSkipped(String step, Address address, String why) implements RunEvent {}

    /** The run failed or was interrupted; this is what is being done about stopped workloads. */
    record RecoveryBegun(String decision) implements RunEvent {}
}
