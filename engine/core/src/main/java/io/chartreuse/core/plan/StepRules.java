package io.chartreuse.core.plan;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Role;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for the steps of every plan, whichever version made it: each step belongs to a resource of the plan, is in a
 * stage for the resource's role, and leads to the state that this stage leads to. So a database cannot be migrated in a
 * stage that needs no approval. Pure.
 */
final class StepRules {

    private static final Map<StageName, Role> ROLES = Map.of(
            StageName.GATE, Role.GATE,
            StageName.QUIESCE, Role.QUIESCE,
            StageName.SUSPEND, Role.SUSPEND,
            StageName.MIGRATE, Role.MIGRATE,
            StageName.RESUME, Role.SUSPEND,
            StageName.RESTORE, Role.QUIESCE);

    private final Map<Address, Change> changes;
    private final Set<String> ids = new HashSet<>();

    private StepRules(Plan plan) {
        this.changes = plan.changes().stream()
                .collect(Collectors.toMap(Change::address, Function.identity(), (first, again) -> first));
    }

    /** What breaks them; empty where nothing does. */
    static Optional<String> broken(Plan plan) {
        StepRules rules = new StepRules(plan);
        return plan.recovery().stream()
                .filter(stage -> !stage.name().bringsBack())
                .findFirst()
                .map(stage -> "its recovery has a stage " + stage.name().word())
                .or(() -> Stream.concat(plan.stages().stream(), plan.recovery().stream())
                        .flatMap(stage -> stage.steps().stream().flatMap(step -> rules.broken(stage, step).stream()))
                        .findFirst());
    }

    private Optional<String> broken(Stage stage, PlannedStep step) {
        Change change = changes.get(step.address());
        String about = "step " + step.id() + " of stage " + stage.name().word() + " ";
        if (change == null) {
            return Optional.of(about + "names " + step.address() + ", of which it holds no change");
        }
        if (!ids.add(step.id())) {
            return Optional.of(about + "has the id of another step");
        }
        Phase leadsTo = stage.name().putsAside() ? Phase.DURING : Phase.AFTER;
        boolean fits = ROLES.get(stage.name()) == change.role()
                && step.to() == leadsTo
                && (leadsTo == Phase.AFTER || change.during().isPresent());
        return fits
                ? Optional.empty()
                : Optional.of(about + "leads " + step.address() + ", whose role is "
                        + change.role().word() + ", to its state " + step.to().word());
    }
}
