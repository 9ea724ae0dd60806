package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.workload.Autoscaler;
import io.chartreuse.provider.kubernetes.workload.SelectionSettings;
import io.chartreuse.provider.kubernetes.workload.WorkloadKind;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rights that each operation needs. Pure. The rights that a refresh has just used are not checked again before a
 * run.
 */
final class RightsNeeded {

    private static final String AUTOSCALING = "autoscaling";
    private static final String AUTOSCALERS = "horizontalpodautoscalers";
    private static final String KEDA = "keda.sh";
    private static final String LEASES = "coordination.k8s.io";
    private static final String ROLLOUTS = "argoproj.io";
    private static final String EXPECTED_SCALES = "wiremind.io";

    private RightsNeeded() {}

    /**
     * The rights for these changes, without kinds and autoscalers that they do not touch.
     *
     * @param kinds the kind behind an address, where it is one that can be stopped
     */
    static Set<Right> forChanges(List<Change> changes, Function<Address, Optional<WorkloadKind>> kinds) {
        return changes.stream()
                .flatMap(change -> kinds.apply(change.address()).stream().flatMap(kind -> forChange(change, kind)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Right> forChange(Change change, WorkloadKind kind) {
        Stream<Right> workload = Right.on(kind.group(), kind.plural(), "get", "patch")
                .map(right -> right.named(change.address().name()));
        Stream<Right> ended = change.actions().contains("stop") ? ended(kind) : Stream.of();
        return Stream.of(workload, autoscalers(change), ended).flatMap(rights -> rights);
    }

    private static Stream<Right> autoscalers(Change change) {
        return Stream.of(change.before(), change.after())
                .flatMap(state -> Stream.concat(
                        state.has("autoscaler") ? Stream.of(state.get("autoscaler")) : Stream.of(),
                        StreamSupport.stream(state.path("autoscalers").spliterator(), false)))
                .flatMap(scaler -> scaler.path("kind").asText().equals("ScaledObject")
                        ? Right.on(KEDA, "scaledobjects", "get", "list", "patch")
                        : Right.on(AUTOSCALING, AUTOSCALERS, "get", "list", "patch"));
    }

    private static Stream<Right> ended(WorkloadKind kind) {
        return kind.isSuspended() ? Right.on("batch", "jobs", "list", "watch") : pods();
    }

    private static Stream<Right> pods() {
        return Stream.concat(Right.on("", "pods", "list", "watch"), Right.on("apps", "replicasets", "list"));
    }

    /**
     * The rights for any plan: for the reads of a refresh, and for stopping and starting every workload that it may
     * find.
     *
     * @param selection where workloads are looked for
     * @param kinds     the kinds that are looked for there
     */
    static Set<Right> forAnyPlan(SelectionSettings selection, Collection<WorkloadKind> kinds) {
        Stream<Right> scales = selection.expectedScales()
                ? Right.on(EXPECTED_SCALES, "expecteddeploymentscales", "list")
                : Stream.of();
        return Stream.of(
                        kinds.stream().flatMap(kind -> forKind(selection, kind)),
                        onAutoscalers(selection, kinds, "get", "list", "patch"),
                        scales)
                .flatMap(rights -> rights)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Limits writes to the listed names where the configuration lists only names of the kind. */
    private static Stream<Right> forKind(SelectionSettings selection, WorkloadKind kind) {
        List<Right> each = Right.on(kind.group(), kind.plural(), "get", "patch").toList();
        Stream<Right> workloads = selection
                .onlyNames(kind)
                .map(names -> names.stream().flatMap(name -> each.stream().map(right -> right.named(name))))
                .orElseGet(each::stream);
        return Stream.of(Right.on(kind.group(), kind.plural(), "list"), workloads, ended(kind))
                .flatMap(rights -> rights);
    }

    private static Stream<Right> onAutoscalers(
            SelectionSettings selection, Collection<WorkloadKind> kinds, String... verbs) {
        return Stream.concat(
                selection.pauses(Autoscaler.Type.HORIZONTAL_POD_AUTOSCALER, kinds)
                        ? Right.on(AUTOSCALING, AUTOSCALERS, verbs)
                        : Stream.of(),
                selection.pauses(Autoscaler.Type.SCALED_OBJECT, kinds)
                        ? Right.on(KEDA, "scaledobjects", verbs)
                        : Stream.of());
    }

    /**
     * Optional rights: to notice at once that others start a stopped workload, and to report objects that ask to be
     * stopped and are not.
     *
     * @param kinds the kinds that are looked for
     */
    static Set<Right> toNotice(SelectionSettings selection, Collection<WorkloadKind> kinds) {
        Stream<Right> watched = Stream.concat(
                kinds.stream().flatMap(kind -> Right.on(kind.group(), kind.plural(), "watch")),
                onAutoscalers(selection, kinds, "watch"));
        Stream<Right> others = selection.annotations()
                ? Stream.of(
                                Right.on("apps", "daemonsets", "list"),
                                Right.on("batch", "jobs", "list"),
                                Right.on("", "pods", "list"),
                                Right.on(ROLLOUTS, "rollouts", "list"))
                        .flatMap(rights -> rights)
                : Stream.of();
        return Stream.concat(watched, others).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether it is a right to an API that a cluster may lack; without that API no right is needed. */
    static boolean isOptional(Right right) {
        return Set.of(KEDA, EXPECTED_SCALES, ROLLOUTS).contains(right.group());
    }

    /**
     * The rights to store plans, runs and the lock. RBAC cannot limit {@code create} to a name.
     *
     * @param lease the name of the release's Lease
     */
    static Set<Right> forRecords(String lease) {
        return Stream.of(
                        Right.on("", "configmaps", "get", "list", "create", "update", "delete"),
                        Right.on(LEASES, "leases", "create"),
                        Right.on(LEASES, "leases", "get", "update", "delete").map(right -> right.named(lease)))
                .flatMap(rights -> rights)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The rights to write Events; nothing fails without them. */
    static Set<Right> forEvents() {
        return Right.on("", "events", "create").collect(Collectors.toSet());
    }
}
