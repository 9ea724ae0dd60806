package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.spi.Change;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rights what needs. Pure. What a refresh has just read needs not be asked for again before a run. */
final class RightsNeeded {

    /** The kinds that can be stopped, by the type of their address, as group and plural. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "kubernetes.deployment", List.of("apps", "deployments"),
            "kubernetes.statefulset", List.of("apps", "statefulsets"),
            "kubernetes.replicaset", List.of("apps", "replicasets"),
            "kubernetes.cronjob", List.of("batch", "cronjobs"),
            "kubernetes.rollout", List.of("argoproj.io", "rollouts"));

    private static final String AUTOSCALING = "autoscaling";
    private static final String AUTOSCALERS = "horizontalpodautoscalers";

    private RightsNeeded() {}

    /** What these changes need: kinds and autoscalers that they do not touch need nothing. */
    static Set<Right> forChanges(List<Change> changes) {
        return changes.stream().flatMap(RightsNeeded::forChange).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Right> forChange(Change change) {
        List<String> kind = KINDS.get(change.address().type());
        if (kind == null) {
            return Stream.empty();
        }
        Stream<Right> workload = Right.on(kind.get(0), kind.get(1), "get", "patch");
        Stream<Right> autoscaler =
                mentionsAutoscaler(change) ? Right.on(AUTOSCALING, AUTOSCALERS, "get", "list", "patch") : Stream.of();
        Stream<Right> pods = change.actions().contains("stop") ? pods() : Stream.of();
        return Stream.of(workload, autoscaler, pods).flatMap(rights -> rights);
    }

    private static boolean mentionsAutoscaler(Change change) {
        return change.before().has("autoscaler") || change.after().has("autoscaler");
    }

    private static Stream<Right> pods() {
        return Stream.concat(Right.on("", "pods", "list", "watch"), Right.on("apps", "replicasets", "list"));
    }

    /** What any plan over Deployments could need. */
    static Set<Right> forAnyPlan(boolean expectedScales) {
        return Stream.of(
                        Right.on("apps", "deployments", "get", "list", "watch", "patch"),
                        Right.on(AUTOSCALING, AUTOSCALERS, "get", "list", "patch"),
                        pods(),
                        expectedScales
                                ? Right.on("wiremind.io", "expecteddeploymentscales", "list")
                                : Stream.<Right>of())
                .flatMap(rights -> rights)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What plans, runs and the lock are kept with. */
    static Set<Right> forRecords() {
        return Stream.concat(
                        Right.on("", "configmaps", "get", "list", "create", "update", "delete"),
                        Right.on("coordination.k8s.io", "leases", "get", "create", "update", "delete"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What telling people needs; nothing fails without it. */
    static Set<Right> forEvents() {
        return Right.on("", "events", "create").collect(Collectors.toSet());
    }
}
