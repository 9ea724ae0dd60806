package io.chartreuse.provider.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.announce.WorkloadEvents;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.ClusterSettings;
import io.chartreuse.provider.kubernetes.preflight.WorkloadPreflight;
import io.chartreuse.provider.kubernetes.workload.ExpectedScale;
import io.chartreuse.provider.kubernetes.workload.ExpectedScales;
import io.chartreuse.provider.kubernetes.workload.Mark;
import io.chartreuse.provider.kubernetes.workload.Workload;
import io.chartreuse.provider.kubernetes.workload.WorkloadStart;
import io.chartreuse.provider.kubernetes.workload.WorkloadStates;
import io.chartreuse.provider.kubernetes.workload.WorkloadStop;
import io.chartreuse.provider.kubernetes.workload.Workloads;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Context;
import io.chartreuse.spi.DurationText;
import io.chartreuse.spi.Phase;
import io.chartreuse.spi.Preflight;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Provider;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Deployments that a release's ExpectedDeploymentScales name. */
final class KubernetesProvider implements Provider, Preflight {

    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);

    private final boolean expectedDeploymentScales;
    private final Cluster cluster;
    private final Clock clock;
    private final ExpectedScales scales;
    private final Workloads workloads;
    private final WorkloadStates states;
    private final WorkloadStop stop;
    private final WorkloadStart start;
    private final Preflight preflight;
    private final WorkloadEvents events;

    KubernetesProvider(JsonNode section, Context context) {
        this.expectedDeploymentScales =
                section.path("workloads").path("expectedDeploymentScales").asBoolean(true);
        this.cluster = new Cluster(ClusterSettings.of(section, context));
        this.clock = context.clock();
        this.scales = new ExpectedScales(cluster, context.release());
        this.workloads = new Workloads(cluster);
        this.states = new WorkloadStates(context.release());
        this.stop = new WorkloadStop(cluster, workloads, stopTimeout(section));
        this.start = new WorkloadStart(workloads, states);
        this.preflight = new WorkloadPreflight(cluster, clock, expectedDeploymentScales);
        this.events = new WorkloadEvents(cluster, clock, context.release());
    }

    @Override
    public List<Resource> refresh() {
        if (!expectedDeploymentScales) {
            return List.of();
        }
        Map<String, List<ExpectedScale>> byDeployment = new LinkedHashMap<>();
        scales.read()
                .forEach(scale -> byDeployment
                        .computeIfAbsent(scale.deployment(), name -> new ArrayList<>())
                        .add(scale));
        Map<String, Workload> found = workloads.read(byDeployment.keySet());
        WorkloadResources resources = new WorkloadResources(cluster.namespace(), states);
        return byDeployment.entrySet().stream()
                .map(entry -> resources.resource(entry.getValue(), Optional.ofNullable(found.get(entry.getKey()))))
                .sorted((left, right) -> left.address().compareTo(right.address()))
                .toList();
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!step.change().state(step.to()).equals(states.absent())) {
            if (step.to() == Phase.DURING) {
                stop.converge(step.change(), new Mark(states.release(), step.runId(), clock.instant()), progress);
            } else {
                start.converge(step.change(), progress);
            }
            events.reached(step);
        }
        return read(step);
    }

    @Override
    public List<Check> check(List<Change> changes) {
        return preflight.check(changes);
    }

    @Override
    public List<Check> examine() {
        return preflight.examine();
    }

    @Override
    public void close() {
        events.close();
        cluster.close();
    }

    private ObjectNode read(Step step) {
        return workloads
                .read(step.change().address().name())
                .map(workload -> states.inWordsOf(step.change().state(step.to()), workload))
                .orElseGet(states::absent);
    }

    private static Duration stopTimeout(JsonNode section) {
        return section.has("stopTimeout")
                ? DurationText.parse(section.get("stopTimeout").asText())
                : STOP_TIMEOUT;
    }
}
