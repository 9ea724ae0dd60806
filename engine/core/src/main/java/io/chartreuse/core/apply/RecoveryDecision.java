package io.chartreuse.core.apply;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What becomes of stopped workloads when a run does not succeed; what is suspended is resumed in any case. Pure.
 *
 * @param restore whether they are brought back
 * @param reason  for people
 */
record RecoveryDecision(boolean restore, String reason) {

    private static final String RESUMED = "what was suspended is resumed";

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

    /** Whether a recovery of this plan has workloads to bring back. */
    static boolean concernsWorkloads(Plan plan) {
        return plan.recovery().stream().anyMatch(stage -> stage.name() == StageName.RESTORE);
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
                ? new RecoveryDecision(
                        true,
                        "no database has moved: " + (concernsWorkloads(plan) ? "workloads are restored" : RESUMED))
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
        if (!concernsWorkloads(plan)) {
            return new RecoveryDecision(true, why + "; " + RESUMED);
        }
        boolean restore = plan.onFailure() == OnFailure.RESTORE;
        return new RecoveryDecision(
                restore,
                why + "; onFailure is " + plan.onFailure().word() + ": workloads are "
                        + (restore ? "restored" : "held"));
    }
}
