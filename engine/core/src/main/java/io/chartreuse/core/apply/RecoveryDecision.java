package io.chartreuse.core.apply;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What becomes of stopped workloads when a run does not succeed. Pure.
 *
 * @param restore whether they are brought back
 * @param reason  for people
 */
record RecoveryDecision(boolean restore, String reason) {

    /** Whether the run, as recorded, has stopped anything: if not, there is nothing to decide. */
    static boolean isDue(Plan plan, Run run) {
        Set<String> quiescing = plan.stages().stream()
                .filter(stage -> stage.name().putsAside())
                .flatMap(stage -> stage.steps().stream())
                .map(step -> step.id())
                .collect(Collectors.toSet());
        return !plan.recovery().isEmpty()
                && run.entries().stream()
                        .filter(entry -> entry.event() == Event.STEP_BEGUN)
                        .anyMatch(entry ->
                                entry.step().filter(quiescing::contains).isPresent());
    }

    /**
     * @param databases a fresh reading; empty where the databases could not be read, which counts as moved
     */
    static RecoveryDecision of(Plan plan, Optional<List<Resource>> databases) {
        if (databases.isEmpty()) {
            return whenMoved(plan, "the databases cannot be read, so one may have moved");
        }
        Map<Address, Resource> fresh =
                databases.get().stream().collect(Collectors.toMap(Resource::address, Function.identity()));
        List<String> moved = plan.changes().stream()
                .filter(change -> change.actions().contains("migrate"))
                .filter(change -> hasMoved(change, fresh))
                .map(change -> change.address().toString())
                .toList();
        return moved.isEmpty()
                ? new RecoveryDecision(true, "no database has moved: workloads are restored")
                : whenMoved(plan, String.join(", ", moved) + " moved");
    }

    /** A database with a problem that the plan did not have is not where it was: a migration left something half done. */
    private static boolean hasMoved(Change change, Map<Address, Resource> fresh) {
        Resource now = fresh.get(change.address());
        return now == null
                || !now.observed().equals(change.before())
                || now.findings().stream().anyMatch(Diagnostic::isError);
    }

    private static RecoveryDecision whenMoved(Plan plan, String why) {
        boolean restore = plan.onFailure() == OnFailure.RESTORE;
        return new RecoveryDecision(
                restore,
                why + "; onFailure is " + plan.onFailure().word() + ": workloads are "
                        + (restore ? "restored" : "held"));
    }
}
