package io.chartreuse.provider.patroni.rest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that one look at the REST API showed.
 *
 * @param presence who is at the endpoints
 * @param cluster  empty where no endpoint could list the members
 * @param primary  what the leader says; empty where no running leader is listed
 * @param identity which cluster this is, as far as it could be told: {@code scope}, {@code systemIdentifier}
 * @param problems of endpoints that were asked in vain
 */
public record ClusterView(
        Presence presence,
        Optional<ClusterStatus> cluster,
        Optional<Primary> primary,
        SortedMap<String, String> identity,
        List<String> problems) {
    public ClusterView {
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(primary, "primary");
        identity = new TreeMap<>(identity);
        problems = List.copyOf(problems);
    }
}
