package io.chartreuse.provider.patroni.settings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One cluster of the configuration.
 *
 * @param name           as the configuration names it
 * @param endpoints      the REST APIs to ask, in this order; none: the probe alone shows whether it is ready
 * @param waitConfigured how long the gate waits at most
 * @param maximumLag     how far each replica may be behind; empty: replicas do not matter
 * @param allowNoReplicas whether a cluster without replicas is within maximumLag
 * @param probe          empty: what the REST API says is enough
 * @param databases      names, in section {@code postgres}, of the databases that it is behind
 * @param failover       the rules for failovers during a release
 * @param rest           how to connect to the REST API
 */
public record ClusterSettings(
        String name,
        List<Endpoint> endpoints,
        Duration waitConfigured,
        Optional<ByteSize> maximumLag,
        boolean allowNoReplicas,
        Optional<ProbeSettings> probe,
        List<String> databases,
        FailoverSettings failover,
        RestSettings rest) {

    /** How long the gate waits where the configuration does not say. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);

    public ClusterSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(maximumLag, "maximumLag");
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(failover, "failover");
        Objects.requireNonNull(rest, "rest");
        endpoints = List.copyOf(endpoints);
        databases = List.copyOf(databases);
        if (endpoints.isEmpty() && probe.isEmpty()) {
            throw new IllegalArgumentException("cluster " + name + " needs an endpoint or a probe");
        }
        if (waitConfigured.isNegative()) {
            throw new IllegalArgumentException("cluster " + name + " cannot wait " + waitConfigured);
        }
    }
}
