package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.FieldSetter;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.model.Change;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads workloads with their autoscalers: all workloads to stop, or the current state of one. */
public final class Workloads {

    private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);

    private final Cluster cluster;
    private final SelectionSettings settings;
    private final ExpectedScales scales;
    private final KindLookup lookup;
    private final Autoscalers autoscalers;
    private final NotStoppedSearch search;
    private final Map<WorkloadKind, LiveObjects<GenericKubernetesResource>> objects = new ConcurrentHashMap<>();

    public Workloads(Cluster cluster, SelectionSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.scales = new ExpectedScales(cluster, settings.release());
        this.lookup = new KindLookup(cluster);
        this.autoscalers = new Autoscalers(cluster, settings.autoscalers());
        this.search = new NotStoppedSearch(cluster, settings.release());
    }

    Autoscalers autoscalers() {
        return autoscalers;
    }

    LiveObjects<GenericKubernetesResource> of(WorkloadKind kind) {
        return objects.computeIfAbsent(kind, unknown -> unknown.in(cluster));
    }

    /**
     * The workloads to stop, by kind and name, and the objects that are not stopped. Sends one list request per kind.
     */
    public FoundWorkloads find() {
        List<ResolvedRule> rules = settings.rules().stream()
                .map(rule -> new ResolvedRule(rule, lookup.kindOf(rule)))
                .toList();
        Set<WorkloadKind> kinds = kinds();
        List<Supplier<List<NotStopped>>> others = settings.annotations()
                ? search.looks(kinds).stream().map(cluster::asking).toList()
                : List.of();
        List<ExpectedScale> expected = settings.expectedScales() ? scales.read() : List.of();
        FoundWorkloads found = new WorkloadSelector(settings, inventory(kinds)).choose(rules, expected);
        return found.with(others.stream().flatMap(look -> look.get().stream()).toList());
    }

    /** The selected kinds, with the plural of the cluster's API. */
    public Set<WorkloadKind> kinds() {
        return settings.kinds(lookup::kindOf);
    }

    private Inventory inventory(Set<WorkloadKind> kinds) {
        Map<WorkloadKind, List<GenericKubernetesResource>> objects = new HashMap<>();
        Map<WorkloadKind, Supplier<Optional<List<GenericKubernetesResource>>>> lists = new LinkedHashMap<>();
        kinds.forEach(kind -> lists.put(kind, cluster.asking(of(kind)::listIfKnown)));
        lists.forEach((kind, list) -> list.get().ifPresent(found -> objects.put(kind, found)));
        kinds.stream()
                .filter(kind -> !objects.containsKey(kind))
                .forEach(kind -> LOG.warn("the cluster does not know {} of {}", kind.kind(), kind.apiVersion()));
        boolean empty = objects.entrySet().stream()
                .allMatch(kind -> kind.getKey().isSuspended() || kind.getValue().isEmpty());
        return new Inventory(objects, empty ? AutoscalerList.none() : autoscalers.list());
    }

    /**
     * The current state, with one request for the workload and one for each of its autoscalers; empty where it is gone.
     */
    public Optional<Workload> read(Workload known) {
        return of(known.kind()).find(known.name()).map(live -> withAutoscalers(known, live));
    }

    /**
     * What others have changed about a workload that is held stopped; empty where it is unchanged, or gone.
     *
     * @param change the plan's change of the workload
     */
    Optional<OutsideChange> disturbance(Workload known, Change change, String holder) {
        return of(known.kind()).find(known.name()).flatMap(live -> {
            Workload now = withAutoscalers(known, live);
            if (!now.atZero()) {
                String what = known.kind().isSuspended()
                        ? "was resumed"
                        : "was put back to " + now.replicas() + (now.replicas() == 1 ? " replica" : " replicas");
                return Optional.of(new OutsideChange(
                        what, true, true, FieldSetter.of(live, known.kind().replicasPath())));
            }
            if (!now.holds().contains(holder)) {
                return Optional.of(new OutsideChange("lost the mark of its stop", false, false, Optional.empty()));
            }
            return now.autoscalers().stream()
                    .filter(scaler -> !scaler.paused() && WorkloadStop.isPaused(change, scaler))
                    .findFirst()
                    .map(scaler -> new OutsideChange(
                            "had its autoscaler " + scaler.name() + " resumed",
                            false,
                            true,
                            autoscalers.setter(scaler)));
        });
    }

    /** The workload that was just read, with the current state of its autoscalers. */
    Workload withAutoscalers(Workload known, GenericKubernetesResource live) {
        return Workload.of(
                known.kind(),
                live,
                known.autoscalers().stream()
                        .flatMap(scaler -> autoscalers.read(scaler, known.kind(), known.name()).stream())
                        .toList());
    }
}
