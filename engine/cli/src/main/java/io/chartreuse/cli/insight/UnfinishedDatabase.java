package io.chartreuse.cli.insight;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.model.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A database that a run did not bring to its revision, as the record says.
 *
 * @param step    its id in the plan
 * @param outcome {@code failed}, {@code interrupted} or {@code not begun}
 * @param message why, or where it stands; for people
 */
public record UnfinishedDatabase(String step, Address address, String outcome, String message) {

    public UnfinishedDatabase {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(message, "message");
    }

    /** Those of the newest run, in the order in which they ended; none while it goes on, and where its plan is gone. */
    public static List<UnfinishedDatabase> of(ReleaseStatus status) {
        return status.lastRun()
                .filter(run -> run.outcome() != Outcome.RUNNING)
                .flatMap(run -> status.lastPlan().map(plan -> of(plan, run)))
                .orElse(List.of());
    }

    static List<UnfinishedDatabase> of(Plan plan, Run run) {
        Set<String> migrating = plan.stages().stream()
                .filter(stage -> stage.name() == StageName.MIGRATE)
                .flatMap(stage -> stage.steps().stream())
                .map(PlannedStep::id)
                .collect(Collectors.toSet());
        Map<String, UnfinishedDatabase> left = new LinkedHashMap<>();
        run.entries().stream()
                .filter(entry -> entry.step().filter(migrating::contains).isPresent())
                .forEach(entry -> follow(entry, left));
        return List.copyOf(left.values());
    }

    private static void follow(Entry entry, Map<String, UnfinishedDatabase> left) {
        String step = entry.step().orElseThrow();
        if (entry.event() == Event.STEP_BEGUN
                || entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent()) {
            left.remove(step);
        } else {
            String outcome = entry.outcome().map(StepOutcome::word).orElse("not begun");
            left.put(step, new UnfinishedDatabase(step, entry.address().orElseThrow(), outcome, entry.message()));
        }
    }
}
