package io.chartreuse.core.apply;

import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The databases that a run which ends early never came to. Pure.
 *
 * @param steps in the order of the plan
 * @param why   what the run ended for, for people
 */
record SkippedDatabases(List<PlannedStep> steps, String why) {

    SkippedDatabases {
        steps = List.copyOf(steps);
    }

    /**
     * @param stages   what was to be done
     * @param begun    the steps that were begun by this process
     * @param problems why it ended
     */
    static SkippedDatabases of(List<Stage> stages, Set<String> begun, Run run, List<Diagnostic> problems) {
        List<PlannedStep> steps = stages.stream()
                .filter(stage -> stage.name() == StageName.MIGRATE)
                .flatMap(stage -> stage.steps().stream())
                .filter(step -> !begun.contains(step.id()) && !isDone(run, step))
                .toList();
        return new SkippedDatabases(steps, why(problems));
    }

    /** A resumed run may have done it in its former life. */
    private static boolean isDone(Run run, PlannedStep step) {
        return run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .filter(entry -> entry.step().filter(step.id()::equals).isPresent())
                .anyMatch(entry ->
                        entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent());
    }

    private static String why(List<Diagnostic> problems) {
        List<Diagnostic> failures = problems.stream()
                .filter(Diagnostic::isError)
                .filter(problem -> problem.code() != ApplyError.INTERRUPTED)
                .toList();
        String failed = failures.stream()
                .flatMap(problem -> problem.address().stream())
                .map(Address::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        if (failures.isEmpty()) {
            return "the run was stopped";
        }
        return failed.isEmpty() ? failures.get(0).summary() : failed + " failed";
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** One warning for all of them. */
    Diagnostic problem() {
        String databases = steps.stream().map(step -> step.address().toString()).collect(Collectors.joining(", "));
        return Diagnostic.warning(
                ApplyError.NOT_BEGUN,
                databases + (steps.size() == 1 ? " was" : " were") + " not begun (" + why + ")",
                "Fix what failed, then make a new plan: what was not begun is still in it.");
    }
}
