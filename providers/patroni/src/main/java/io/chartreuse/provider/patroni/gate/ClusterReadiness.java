package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.rest.Leader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a cluster is ready, at one moment.
 *
 * @param missing  what keeps the gate shut, in the order in which a person should fix it; empty: the gate is open
 * @param presence what answers at the endpoints
 * @param leader   the leader; empty where the cluster has none
 * @param identity which cluster it is, as far as known
 * @param config   the dynamic configuration, where it was asked for and returned
 */
public record ClusterReadiness(
        List<ReadinessGap> missing,
        EndpointPresence presence,
        Optional<Leader> leader,
        SortedMap<String, String> identity,
        Optional<DynamicConfig> config) {
    public ClusterReadiness {
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(config, "config");
        missing = List.copyOf(missing);
        identity = new TreeMap<>(identity);
    }

    /** The readiness of a cluster that was read and lacks these. */
    public static ClusterReadiness of(ClusterView view, List<ReadinessGap> missing) {
        return new ClusterReadiness(missing, view.presence(), view.leader(), view.identity(), view.config());
    }

    /** The readiness by a probe alone, where no endpoint is known. */
    public static ClusterReadiness ofProbe(Optional<ReadinessGap> missing) {
        return new ClusterReadiness(
                missing.stream().toList(),
                EndpointPresence.NOT_ASKED,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty());
    }

    /** The same, with one more gap. */
    public ClusterReadiness lacking(Optional<ReadinessGap> more) {
        return new ClusterReadiness(
                Stream.concat(missing.stream(), more.stream()).toList(), presence, leader, identity, config);
    }

    public boolean isReady() {
        return missing.isEmpty();
    }

    /** What is missing, in one line. */
    public String what() {
        return missing.stream().map(ReadinessGap::what).collect(Collectors.joining("; "));
    }

    /** The remedies, in one line. */
    public String remedy() {
        return missing.stream().map(ReadinessGap::remedy).distinct().collect(Collectors.joining(" "));
    }
}
