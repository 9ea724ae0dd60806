package io.chartreuse.core.apply;

import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the steps of one stage should end at the next point at which their resource is in order, and why: the run was
 * asked to end, or a database of the same stage has failed. A workload that fails does not keep the others from being
 * brought into maintenance.
 */
final class EarlyEnd {

    private final StopSignal stop;
    private final boolean together;
    private final AtomicReference<Address> failed = new AtomicReference<>();

    EarlyEnd(Stage stage, StopSignal stop) {
        this.stop = stop;
        this.together = stage.name() == StageName.MIGRATE;
    }

    /** That step has failed. */
    void failed(PlannedStep step) {
        failed.compareAndSet(null, step.address());
    }

    boolean isAsked() {
        return stop.isRaised() || otherFailed().isPresent();
    }

    private Optional<Address> otherFailed() {
        return together ? Optional.ofNullable(failed.get()) : Optional.empty();
    }

    /** The problem to report for a step that ended early and left its resource in order. */
    Diagnostic stopped(PlannedStep step, String where) {
        Diagnostic problem = otherFailed()
                .map(other -> Diagnostic.warning(
                        ApplyError.STOPPED_EARLY,
                        step.address() + " " + where + " (" + other + " failed)",
                        "It ended in order. Fix what failed, then make a new plan: it goes on from there."))
                .orElseGet(() -> Diagnostic.error(
                        ApplyError.INTERRUPTED,
                        step.address() + " " + where + " (" + stop.reason().orElse("asked to stop") + ")",
                        "Apply the same plan again: the run is resumed."));
        return problem.about(step.address());
    }
}
