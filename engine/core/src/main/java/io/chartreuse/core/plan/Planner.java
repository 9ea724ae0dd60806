package io.chartreuse.core.plan;

import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Role;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Orders changes into stages: gate, quiesce (highest priority first), suspend, migrate (lowest order first), resume,
 * restore (lowest priority first).
 */
public final class Planner {

    private final List<Change> changes;
    private final String prefix;
    private int steps;

    private Planner(List<Change> changes, String prefix) {
        this.changes = changes;
        this.prefix = prefix;
    }

    /** The plan for these changes. The same input always gives the same plan, and so the same id. */
    public static Plan plan(PlanRequest request, List<Change> changes) {
        Plan plan = new Plan(
                "",
                PlanDocument.FORMAT_VERSION,
                request.chartreuseVersion(),
                request.createdAt().truncatedTo(ChronoUnit.SECONDS),
                request.release(),
                request.strategy(),
                request.onFailure(),
                request.configurationDigest(),
                request.providers(),
                changes,
                stages(changes),
                recovery(changes),
                request.basis(),
                Json.object());
        return PlanDocument.seal(plan, request);
    }

    /** What is executed, in order. */
    static List<Stage> stages(List<Change> changes) {
        return new Planner(changes, "").forward();
    }

    /** What brings workloads back after a failure. */
    static List<Stage> recovery(List<Change> changes) {
        return new Planner(changes, "r").back();
    }

    private List<Stage> forward() {
        List<Stage> stages = new ArrayList<>();
        stages.addAll(ordered(StageName.GATE, Phase.AFTER, c -> c.role() == Role.GATE && !c.unchanged()));
        stages.addAll(ordered(StageName.QUIESCE, Phase.DURING, Planner::stops));
        stages.addAll(ordered(StageName.SUSPEND, Phase.DURING, Planner::suspends));
        stages.addAll(ordered(StageName.MIGRATE, Phase.AFTER, c -> c.role() == Role.MIGRATE && !c.unchanged()));
        stages.addAll(ordered(StageName.RESUME, Phase.AFTER, c -> c.actions().contains("resume")));
        stages.addAll(ordered(StageName.RESTORE, Phase.AFTER, Planner::comesBack));
        return stages;
    }

    /**
     * What this plan itself stops comes back; a workload that stood in maintenance before it is not ours to bring back.
     * What is suspended is resumed in any case.
     */
    private List<Stage> back() {
        List<Stage> stages = new ArrayList<>();
        stages.addAll(ordered(StageName.RESUME, Phase.AFTER, c -> c.actions().contains("resume")));
        stages.addAll(ordered(
                StageName.RESTORE,
                Phase.AFTER,
                c -> stops(c) && !c.before().equals(c.during().orElseThrow())));
        return stages;
    }

    private static boolean stops(Change change) {
        return change.role() == Role.QUIESCE && change.during().isPresent();
    }

    private static boolean suspends(Change change) {
        return change.role() == Role.SUSPEND && change.during().isPresent();
    }

    private static boolean comesBack(Change change) {
        return change.role() == Role.QUIESCE
                && (change.actions().contains("start") || change.actions().contains("update"));
    }

    private List<Stage> ordered(StageName name, Phase to, Predicate<Change> members) {
        Comparator<Integer> direction =
                name == StageName.QUIESCE ? Comparator.reverseOrder() : Comparator.naturalOrder();
        TreeMap<Integer, List<PlannedStep>> byOrder = new TreeMap<>(direction);
        changes.stream()
                .filter(members)
                .sorted(Comparator.comparing(Change::order, direction).thenComparing(Change::address))
                .forEach(c -> byOrder.computeIfAbsent(c.order(), order -> new ArrayList<>())
                        .add(new PlannedStep(prefix + ++steps, c.address(), to)));
        return byOrder.entrySet().stream()
                .map(e -> new Stage(name, e.getKey(), e.getValue()))
                .toList();
    }
}
