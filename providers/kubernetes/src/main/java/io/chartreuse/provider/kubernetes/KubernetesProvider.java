package io.chartreuse.provider.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.announce.WorkloadEvents;
import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.ClusterSettings;
import io.chartreuse.provider.kubernetes.cluster.InFlightGroup;
import io.chartreuse.provider.kubernetes.preflight.WorkloadPreflight;
import io.chartreuse.provider.kubernetes.workload.FieldHandover;
import io.chartreuse.provider.kubernetes.workload.FoundWorkloads;
import io.chartreuse.provider.kubernetes.workload.OnInterference;
import io.chartreuse.provider.kubernetes.workload.PodWatch;
import io.chartreuse.provider.kubernetes.workload.PutBackWatch;
import io.chartreuse.provider.kubernetes.workload.ReadyWait;
import io.chartreuse.provider.kubernetes.workload.SelectedWorkload;
import io.chartreuse.provider.kubernetes.workload.SelectionSettings;
import io.chartreuse.provider.kubernetes.workload.StartedWorkload;
import io.chartreuse.provider.kubernetes.workload.StopMark;
import io.chartreuse.provider.kubernetes.workload.Workload;
import io.chartreuse.provider.kubernetes.workload.WorkloadKind;
import io.chartreuse.provider.kubernetes.workload.WorkloadStart;
import io.chartreuse.provider.kubernetes.workload.WorkloadStates;
import io.chartreuse.provider.kubernetes.workload.WorkloadStop;
import io.chartreuse.provider.kubernetes.workload.Workloads;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.MaintenanceWatcher;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ReadinessCheck;
import io.chartreuse.spi.provider.ReadinessState;
import io.chartreuse.spi.provider.RunFinisher;
import io.chartreuse.spi.text.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workloads of a release that are stopped while databases migrate. */
final class KubernetesProvider
        implements Provider, Preflight, RightsReview, RunFinisher, ReadinessCheck, MaintenanceWatcher {

    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);

    /** Less than the five minutes of Helm, which does not say what it waited for. */
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(4);

    private final Cluster cluster;
    private final Clock clock;
    private final Workloads workloads;
    private final WorkloadStates states;
    private final WorkloadStop stop;
    private final PutBackWatch putBack;
    private final WorkloadStart start;
    private final ReadyWait ready;
    private final FieldHandover handover;
    private final WorkloadPreflight preflight;
    private final WorkloadEvents events;
    private final InFlightGroup steps = new InFlightGroup();

    /** The workloads of the last search, so that a step does not list all autoscalers of the namespace again. */
    private volatile Optional<Map<Address, SelectedWorkload>> found = Optional.empty();

    KubernetesProvider(JsonNode section, Context context) {
        SelectionSettings settings = SelectionSettings.of(section.path("workloads"), context.release());
        this.cluster = new Cluster(ClusterSettings.of(section, context), context.fence());
        this.clock = context.clock();
        this.workloads = new Workloads(cluster, settings);
        this.states = new WorkloadStates(settings.holder());
        PodWatch pods = new PodWatch(cluster);
        this.stop = new WorkloadStop(cluster, workloads, pods, duration(section.path("stopTimeout"), STOP_TIMEOUT));
        this.putBack = new PutBackWatch(cluster, workloads, stop, OnInterference.of(section));
        this.start = new WorkloadStart(cluster, workloads, states);
        this.ready = new ReadyWait(
                cluster, workloads, pods, duration(section.path("ready").path("timeout"), READY_TIMEOUT));
        this.handover = new FieldHandover(workloads);
        this.preflight = new WorkloadPreflight(cluster, clock, settings, workloads::kinds, this::kind);
        this.events = new WorkloadEvents(cluster, clock, context.release(), this::kind, steps);
    }

    @Override
    public List<Resource> refresh() {
        FoundWorkloads all = find();
        found = Optional.of(all.chosen().stream()
                .collect(Collectors.toUnmodifiableMap(WorkloadResources::address, Function.identity())));
        return new WorkloadResources(cluster.namespace(), states).of(all);
    }

    /** Reports all missing read rights at once, not only the first. */
    private FoundWorkloads find() {
        try {
            return workloads.find();
        } catch (ApiException e) {
            if (e.forbidden()) {
                refuse(preflight.reviewRights(), e);
            }
            throw e;
        }
    }

    private static void refuse(List<Check> checks, ApiException cause) {
        List<Diagnostic> missing = checks.stream()
                .filter(Check::failed)
                .flatMap(check -> check.problem().stream())
                .toList();
        if (!missing.isEmpty()) {
            throw new ChartreuseException(missing, cause);
        }
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        cluster.tellRetries(progress);
        steps.join();
        try {
            if (step.change().state(step.to()).equals(states.absent())) {
                return inWordsOf(
                        step, chosen(step).flatMap(SelectedWorkload::found).flatMap(workloads::read), progress);
            }
            SelectedWorkload chosen = chosen(step).orElseThrow(() -> WorkloadStop.gone(step.change()));
            Optional<Workload> reached = drive(step, chosen, progress);
            if (!reached.filter(workload -> isLeft(step, workload, progress)).isPresent()) {
                events.reached(step);
            }
            return inWordsOf(step, reached, progress);
        } finally {
            steps.leave();
            cluster.logRetries();
        }
    }

    @Override
    public void watch(Step step, Interference found) throws InterruptedException {
        Optional<SelectedWorkload> chosen = chosen(step);
        if (chosen.flatMap(SelectedWorkload::found).isPresent()) {
            putBack.watch(step.change(), chosen.get(), mark(step), found);
        }
    }

    private Optional<Workload> drive(Step step, SelectedWorkload chosen, Progress progress)
            throws InterruptedException {
        return step.to() == Phase.DURING
                ? stop.converge(step.change(), chosen, mark(step), progress)
                : Optional.of(cluster.insist(() -> start.converge(step.change(), chosen, progress)));
    }

    /** Whether other releases keep it stopped although this step was to start it. */
    private boolean isLeft(Step step, Workload workload, Progress progress) {
        boolean left = step.to() == Phase.AFTER && workload.stoppedByOtherThan(states.holder());
        if (left) {
            progress.stands(ReadinessState.STOPPED, "left stopped by " + workload.holdersBeside(states.holder()));
        }
        return left;
    }

    private ObjectNode inWordsOf(Step step, Optional<Workload> workload, Progress progress) {
        workload.map(states::shown).ifPresent(progress::shows);
        return workload.map(now -> states.inWordsOf(step.change().state(step.to()), step.to(), now))
                .orElseGet(states::absent);
    }

    @Override
    public List<Diagnostic> awaitReady(Map<Step, Progress> steps) throws InterruptedException {
        List<StartedWorkload> started = new ArrayList<>();
        steps.forEach((step, progress) -> chosen(step)
                .flatMap(SelectedWorkload::found)
                .filter(workload -> wasDown(step.change()))
                .ifPresent(workload ->
                        started.add(new StartedWorkload(step.change().address(), workload, progress))));
        return ready.await(started);
    }

    /** Whether this or an earlier run stopped it. A workload that only lost a mark need not be ready. */
    private static boolean wasDown(Change change) {
        return change.during().isPresent()
                || change.actions().contains("start")
                || change.before().has("stoppedBy");
    }

    @Override
    public List<Diagnostic> finish(Duration patience) {
        List<Workload> all = found.stream()
                .flatMap(known -> known.values().stream())
                .flatMap(chosen -> chosen.found().stream())
                .toList();
        return handover.of(all, patience);
    }

    @Override
    public List<Check> check(List<Change> changes) {
        List<Check> checks = Stream.concat(preflight.check(changes).stream(), volumes(changes).stream())
                .toList();
        if (checks.stream().noneMatch(Check::failed)) {
            prepare(changes);
        }
        return checks;
    }

    /** Checked again, because a StatefulSet's policy may have changed since a person has read the plan. */
    private List<Check> volumes(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.during().isPresent())
                .flatMap(change -> found.map(all -> all.get(change.address())).flatMap(SelectedWorkload::found).stream()
                        .flatMap(workload -> workload.volumeLoss(cluster.namespace()).stream())
                        .map(loss -> loss.about(change.address())))
                .map(loss -> Check.bad("volumes", "would be deleted", loss))
                .toList();
    }

    private void prepare(List<Change> changes) {
        int stopped = (int) changes.stream()
                .filter(change ->
                        change.during().isPresent() && kind(change.address()).isPresent())
                .count();
        if (stopped > 0) {
            stop.prepare(stopped);
        }
    }

    @Override
    public List<Check> examine() {
        List<Check> checks = preflight.examine();
        return checks.stream().anyMatch(Check::failed)
                ? checks
                : Stream.concat(checks.stream(), findings().stream()).toList();
    }

    private List<Check> findings() {
        return refresh().stream()
                .flatMap(resource -> resource.findings().stream()
                        .map(finding -> Check.bad(
                                resource.address() + " " + finding.code().code(), "needs attention", finding)))
                .toList();
    }

    @Override
    public List<Check> reviewRights() {
        return preflight.reviewRights();
    }

    @Override
    public void close() {
        events.close();
        cluster.close();
    }

    private Optional<WorkloadKind> kind(Address address) {
        return found.map(all -> all.get(address)).map(SelectedWorkload::kind);
    }

    private StopMark mark(Step step) {
        return new StopMark(states.holder(), step.runId(), clock.instant());
    }

    private Optional<SelectedWorkload> chosen(Step step) {
        if (found.isEmpty()) {
            refresh();
        }
        return found.map(all -> all.get(step.change().address()));
    }

    private static Duration duration(JsonNode setting, Duration otherwise) {
        return setting.isMissingNode() ? otherwise : DurationText.parse(setting.asText());
    }
}
