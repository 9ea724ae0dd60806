package io.chartreuse.provider.patroni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.gate.Gate;
import io.chartreuse.provider.patroni.gate.Readiness;
import io.chartreuse.provider.patroni.rest.RestClient;
import io.chartreuse.provider.patroni.settings.ClusterSettings;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Context;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Preflight;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Provider;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gates that open when their clusters are ready. Changes nothing, neither in {@code refresh} nor in {@code converge}. */
final class PatroniProvider implements Provider, Preflight {

    private final Map<Address, Cluster> clusters = new TreeMap<>();
    private final Gate gate;

    PatroniProvider(List<ClusterSettings> settings, Context context, Gate gate) {
        this.gate = gate;
        RestClient client = new RestClient();
        for (ClusterSettings cluster : settings) {
            Cluster made = Cluster.of(cluster, context, client);
            clusters.put(made.address(), made);
        }
    }

    @Override
    public List<Resource> refresh() {
        List<Resource> resources = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (Cluster cluster : clusters.values()) {
            Readiness readiness = look(cluster);
            ClusterProblem.ofPlanning(cluster.address(), readiness).ifPresent(problems::add);
            resources.add(ClusterResource.of(cluster.address(), readiness));
        }
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return resources;
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        Address address = step.change().address();
        Cluster cluster = clusters.get(address);
        if (cluster == null) {
            throw new IllegalArgumentException(address + " is not in the configuration");
        }
        Readiness readiness = gate.await(() -> lookFor(cluster, step), cluster.waitConfigured(), progress);
        if (!readiness.isReady()) {
            throw new ChartreuseException(ClusterProblem.ofWaiting(address, cluster.waitConfigured(), readiness));
        }
        progress.report("ready: leader " + readiness.leader().orElse("unnamed") + " accepts writes");
        return ClusterResource.state(true);
    }

    /** Another cluster than the planned one will not become it: no use in waiting. */
    private static Readiness lookFor(Cluster cluster, Step step) throws InterruptedException {
        Readiness readiness = cluster.look().look();
        ClusterProblem.ofIdentity(cluster.address(), step.change().identity(), readiness.identity())
                .ifPresent(problem -> {
                    throw new ChartreuseException(problem);
                });
        return readiness;
    }

    private static Readiness look(Cluster cluster) {
        try {
            return cluster.look().look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChartreuseException(ClusterProblem.ofInterruption(cluster.address()), e);
        }
    }

    /** Nothing more: the gates are steps of the plan, which wait for what is missing. */
    @Override
    public List<Check> check(List<Change> changes) {
        return List.of();
    }

    @Override
    public List<Check> examine() {
        return clusters.values().stream()
                .map(cluster -> ClusterCheck.of(cluster.address(), look(cluster)))
                .toList();
    }

    @Override
    public void close() {
        // Connections live no longer than a look, and the HTTP client's threads are daemons.
    }
}
