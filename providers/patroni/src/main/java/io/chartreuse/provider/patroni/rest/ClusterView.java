package io.chartreuse.provider.patroni.rest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of one read of the REST API.
 *
 * @param presence what answers at the endpoints
 * @param cluster  empty where no endpoint could list the members
 * @param primary  the leader's answer; empty where no running leader is listed
 * @param identity which cluster this is, as far as known: {@code scope}, {@code systemIdentifier}
 * @param problems of endpoints that were asked without success
 * @param config   what matters of the dynamic configuration; empty where it was not asked for or not returned
 */
public record ClusterView(
        EndpointPresence presence,
        Optional<ClusterStatus> cluster,
        Optional<Primary> primary,
        SortedMap<String, String> identity,
        List<String> problems,
        Optional<DynamicConfig> config) {
    public ClusterView {
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(primary, "primary");
        identity = new TreeMap<>(identity);
        problems = List.copyOf(problems);
        Objects.requireNonNull(config, "config");
    }

    /** A view without the dynamic configuration. */
    public ClusterView(
            EndpointPresence presence,
            Optional<ClusterStatus> cluster,
            Optional<Primary> primary,
            SortedMap<String, String> identity,
            List<String> problems) {
        this(presence, cluster, primary, identity, problems, Optional.empty());
    }

    /** The leader, where a running one is listed. */
    public Optional<Leader> leader() {
        return cluster.flatMap(ClusterStatus::leader).map(member -> {
            OptionalInt reported =
                    primary.map(Primary::node).map(NodeStatus::timeline).orElse(OptionalInt.empty());
            return new Leader(member.name(), reported.isPresent() ? reported : member.timeline());
        });
    }
}
