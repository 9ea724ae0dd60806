package io.chartreuse.provider.patroni;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.failover.FailoverSwitch.Refusal;
import io.chartreuse.provider.patroni.gate.ClusterReadiness;
import io.chartreuse.provider.patroni.gate.Gate;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.settings.ClusterSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.ClusterLeader;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Servers;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Observer;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.StaleSuspensionRelease;
import io.chartreuse.spi.provider.SuspensionWatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Provides gates that open when their clusters are ready, and the clusters' automatic failover where the configuration
 * asks to pause it. A refresh changes nothing.
 */
final class PatroniProvider
        implements Provider, Preflight, Servers, Observer, SuspensionWatcher, StaleSuspensionRelease {

    private final Map<String, PatroniCluster> clusters = new TreeMap<>();
    private final Gate gate;

    PatroniProvider(List<ClusterSettings> settings, Context context, Gate gate) {
        this.gate = gate;
        settings.forEach(cluster -> clusters.put(cluster.name(), PatroniCluster.of(cluster, context)));
    }

    /** Includes a cluster that does not answer, with an error: the start of workloads does not depend on it. */
    @Override
    public List<Resource> refresh() {
        return sideBySide(cluster -> resources(cluster, cluster.look().look())).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Resource> resources(PatroniCluster cluster, ClusterReadiness readiness) {
        Resource gate = ClusterResource.of(cluster.address(), readiness);
        return cluster.failover()
                .of(readiness)
                .map(failover -> List.of(gate, failover))
                .orElse(List.of(gate));
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
        Address address = step.change().address();
        PatroniCluster cluster = of(address);
        return address.equals(cluster.failover().address())
                ? failover(cluster, step, progress)
                : open(cluster, step, progress);
    }

    private PatroniCluster of(Address address) {
        return Optional.ofNullable(clusters.get(address.name()))
                .orElseThrow(() -> new IllegalArgumentException(address + " is not in the configuration"));
    }

    @Override
    public void watch(Address suspended, Progress progress) throws InterruptedException {
        of(suspended).guard().guard(progress);
    }

    @Override
    public void unblock(Progress progress) throws InterruptedException {
        for (PatroniCluster cluster : clusters.values()) {
            cluster.toggle().unblock(message -> progress.report(cluster.address() + ": " + message));
        }
    }

    private static ObjectNode failover(PatroniCluster cluster, Step step, Progress progress)
            throws InterruptedException {
        return step.to() == Phase.DURING
                ? cluster.toggle().suspend(step.runId(), progress).json()
                : cluster.toggle().resume(progress).json();
    }

    private ObjectNode open(PatroniCluster cluster, Step step, Progress progress) throws InterruptedException {
        ClusterReadiness readiness = gate.await(() -> lookFor(cluster, step), cluster.waitConfigured(), progress);
        if (!readiness.isReady()) {
            throw new ChartreuseException(
                    ClusterProblem.ofWaiting(cluster.address(), cluster.waitConfigured(), readiness));
        }
        progress.report(ClusterResource.ready(readiness));
        return ClusterResource.state(true);
    }

    /** Fails at once where another cluster than the planned one answers: waiting does not change that. */
    private static ClusterReadiness lookFor(PatroniCluster cluster, Step step) throws InterruptedException {
        ClusterReadiness readiness = cluster.look().look();
        if (cluster.pausesFailover() && readiness.isReady()) {
            Optional<Refusal> refusal = cluster.toggle().refusal();
            refusal.filter(Refusal::lasting).ifPresent(lasting -> {
                throw new ChartreuseException(ClusterProblem.ofRefusal(cluster.address(), lasting));
            });
            readiness = readiness.lacking(refusal.map(Refusal::missing));
        }
        ClusterProblem.ofIdentity(cluster.address(), step.change().identity(), readiness.identity())
                .ifPresent(problem -> {
                    throw new ChartreuseException(problem);
                });
        return readiness;
    }

    private <T> List<T> sideBySide(SideBySide.Question<T> question) {
        return new SideBySide(List.copyOf(clusters.values())).ask(question);
    }

    @Override
    public boolean knows(String database) {
        return cluster(database).isPresent();
    }

    @Override
    public Optional<List<String>> behind(String database) {
        return cluster(database).map(cluster -> cluster.members().addresses());
    }

    @Override
    public Optional<ClusterLeader> leader(String database) {
        Optional<PatroniCluster> cluster = cluster(database);
        try {
            return cluster.isPresent() ? cluster.get().api().leader() : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChartreuseException(
                    ClusterProblem.ofInterruption(cluster.orElseThrow().address()), e);
        }
    }

    /**
     * The cluster that names the database; else the cluster of the same name. A cluster without endpoints is left out:
     * it cannot say where the database is.
     */
    private Optional<PatroniCluster> cluster(String database) {
        return find(cluster -> cluster.isBehind(database))
                .or(() -> find(cluster -> cluster.settings().name().equals(database)));
    }

    private Optional<PatroniCluster> find(Predicate<PatroniCluster> which) {
        return clusters.values().stream()
                .filter(cluster -> !cluster.settings().endpoints().isEmpty())
                .filter(which)
                .findFirst();
    }

    @Override
    public SortedMap<Address, String> observe() {
        SortedMap<Address, String> lines = new TreeMap<>();
        sideBySide(cluster ->
                        Map.entry(cluster.address(), LeaderLine.of(cluster.api().look(false))))
                .forEach(line -> lines.put(line.getKey(), line.getValue()));
        return lines;
    }

    /** Adds no other checks: the gates are steps of the plan and wait for what is missing. */
    @Override
    public List<Check> check(List<Change> changes) {
        return List.of();
    }

    @Override
    public List<Check> examine() {
        return sideBySide(PatroniProvider::examine).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Asks Patroni to change something, because only that shows whether failover can be paused. */
    private static List<Check> examine(PatroniCluster cluster) throws InterruptedException {
        ClusterReadiness readiness = cluster.look().look();
        Check gate = ClusterCheck.of(cluster.address(), readiness);
        return cluster.pausesFailover() && readiness.presence() == EndpointPresence.PATRONI
                ? List.of(
                        gate,
                        ClusterCheck.ofPause(
                                cluster.failover().address(), cluster.toggle().refusal()))
                : List.of(gate);
    }

    @Override
    public void close() {
        // Closes nothing: connections end with each read, and the HTTP client's threads are daemons.
    }
}
