package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.JsonDiff;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks that a plan's parts fit one another. An id proves that a document is the one that was reviewed, not that
 * Chartreuse made it: a person who writes a plan by hand can compute its id. So the stages, the recovery and the
 * summary are made once more from the changes, and have to be the same. Commands check this before they approve or
 * begin a plan, and not when they only show one, since a later version may order stages differently.
 */
public final class PlanConsistency {

    /** What a plan may do with a resource of each role. */
    private static final Map<Role, Set<List<String>>> ACTIONS = Map.of(
            Role.GATE, Set.of(List.of(), List.of("wait")),
            Role.MIGRATE, Set.of(List.of(), List.of("migrate")),
            Role.QUIESCE,
                    Set.of(List.of(), List.of("stop"), List.of("stop", "start"), List.of("start"), List.of("update")),
            Role.SUSPEND, Set.of(List.of(), List.of("suspend"), List.of("suspend", "resume"), List.of("resume")));

    private final Plan plan;

    private PlanConsistency(Plan plan) {
        this.plan = plan;
    }

    /** @throws ChartreuseException that says what contradicts what */
    public static void require(Plan plan) {
        new PlanConsistency(plan).problem().ifPresent(problem -> {
            throw new ChartreuseException(
                    Diagnostic.error(
                            PlanError.INCONSISTENT,
                            "plan " + plan.shortId() + " contradicts itself: " + problem,
                            "No planner of Chartreuse " + plan.chartreuseVersion()
                                    + ", which it names, or of this version"
                                    + " made it so. Find out where it comes from, and make a new plan with `chartreuse plan`."));
        });
    }

    private Optional<String> problem() {
        return order().or(this::changes).or(this::stages).or(this::summary);
    }

    private Optional<String> order() {
        Optional<Address> last = Optional.empty();
        for (Change change : plan.changes()) {
            if (last.filter(before -> before.compareTo(change.address()) >= 0).isPresent()) {
                return Optional.of(
                        change.address() + " stands after " + last.get() + "; changes are sorted, each once");
            }
            if (!plan.providers().contains(change.address().provider())) {
                return Optional.of(change.address() + " is of none of its providers " + plan.providers());
            }
            last = Optional.of(change.address());
        }
        return Optional.empty();
    }

    private Optional<String> changes() {
        return plan.changes().stream()
                .flatMap(change -> problem(change).stream().map(what -> change.address() + " " + what))
                .findFirst();
    }

    private static Optional<String> problem(Change change) {
        List<String> actions = change.actions();
        if (!ACTIONS.get(change.role()).contains(actions)) {
            return Optional.of("of role " + change.role().word() + " has the actions " + actions);
        }
        boolean aside = actions.contains("stop") || actions.contains("suspend");
        if (aside != change.during().isPresent()) {
            return Optional.of(
                    aside
                            ? "has no state for while it is stopped"
                            : "has a state for while it is stopped, but no step stops it");
        }
        if (change.unchanged()
                && !(change.before().equals(change.after())
                        && change.migrations().isEmpty())) {
            return Optional.of("has no action, and yet is to change");
        }
        return same(Json.array(change.diff()), Json.array(JsonDiff.between(change.before(), change.after())))
                ? Optional.empty()
                : Optional.of("has a diff that does not lead from before to after");
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return CanonicalJson.write(one).equals(CanonicalJson.write(other));
    }

    private Optional<String> stages() {
        List<Change> changes = plan.changes().stream().map(this::placed).toList();
        if (!comparable(plan.stages()).equals(comparable(Planner.stages(changes)))) {
            return Optional.of("its stages are not those that its changes call for");
        }
        return comparable(plan.recovery()).equals(comparable(Planner.recovery(changes)))
                ? Optional.empty()
                : Optional.of("its recovery is not the one that its changes call for");
    }

    /** A plan says of databases only by its stages which of them come first. */
    private Change placed(Change change) {
        return change.role() == Role.MIGRATE ? change.withOrder(stageOf(change.address())) : change;
    }

    private int stageOf(Address address) {
        for (int i = 0; i < plan.stages().size(); i++) {
            Stage stage = plan.stages().get(i);
            if (stage.name() == StageName.MIGRATE
                    && stage.steps().stream().anyMatch(step -> step.address().equals(address))) {
                return i;
            }
        }
        return 0;
    }

    private static List<Stage> comparable(List<Stage> stages) {
        List<Stage> comparable = new ArrayList<>();
        stages.forEach(stage ->
                comparable.add(stage.name() == StageName.MIGRATE ? new Stage(stage.name(), 0, stage.steps()) : stage));
        return comparable;
    }

    private Optional<String> summary() {
        Map<String, Integer> counted = new TreeMap<>(PlanSummary.of(plan.changes()));
        JsonNode stated = plan.document().path("summary");
        return counted.entrySet().stream()
                .filter(entry -> stated.path(entry.getKey()).asInt(-1) != entry.getValue())
                .findFirst()
                .map(entry -> "its summary does not count " + entry.getValue() + " × " + entry.getKey());
    }
}
