package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.problem.Missing;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.Leader;
import io.chartreuse.provider.patroni.rest.Presence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a cluster is, at one moment.
 *
 * @param missing  what keeps the gate shut, in the order in which it is best mended; empty: it is open
 * @param presence who is at the endpoints
 * @param leader   who leads, where somebody does
 * @param identity which cluster it is, as far as it could be told
 * @param config   the dynamic configuration, where it was asked for and told
 */
public record Readiness(
        List<Missing> missing,
        Presence presence,
        Optional<Leader> leader,
        SortedMap<String, String> identity,
        Optional<DynamicConfig> config) {
    public Readiness {
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(config, "config");
        missing = List.copyOf(missing);
        identity = new TreeMap<>(identity);
    }

    /** What a look showed that lacks this. */
    public static Readiness of(ClusterView view, List<Missing> missing) {
        return new Readiness(missing, view.presence(), view.leader(), view.identity(), view.config());
    }

    /** What a probe showed that lacks this, where no endpoint is known. */
    public static Readiness ofProbe(Optional<Missing> missing) {
        return new Readiness(
                missing.stream().toList(), Presence.NOT_ASKED, Optional.empty(), new TreeMap<>(), Optional.empty());
    }

    /** The same, lacking this as well. */
    public Readiness lacking(Optional<Missing> more) {
        return new Readiness(
                Stream.concat(missing.stream(), more.stream()).toList(), presence, leader, identity, config);
    }

    public boolean isReady() {
        return missing.isEmpty();
    }

    /** What is missing, in one line. */
    public String what() {
        return missing.stream().map(Missing::what).collect(Collectors.joining("; "));
    }

    /** What to do about it, in one line. */
    public String remedy() {
        return missing.stream().map(Missing::remedy).distinct().collect(Collectors.joining(" "));
    }
}
