package io.chartreuse.provider.patroni;

import io.chartreuse.provider.patroni.gate.ClusterLook;
import io.chartreuse.provider.patroni.gate.Look;
import io.chartreuse.provider.patroni.probe.Probe;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.rest.RestClient;
import io.chartreuse.provider.patroni.settings.ClusterSettings;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Context;
import java.time.Duration;

/**
 * A cluster of the configuration, ready to be looked at.
 *
 * @param address        {@code patroni.cluster/<name>}
 * @param waitConfigured how long its gate waits at most
 */
record Cluster(Address address, Duration waitConfigured, Look look) {

    static Cluster of(ClusterSettings settings, Context context, RestClient client) {
        ClusterLook look = new ClusterLook(
                new PatroniApi(settings.endpoints(), client),
                settings.maximumLag(),
                settings.probe().map(probe -> new Probe(probe, context.secrets(), "chartreuse " + context.release())));
        return new Cluster(new Address("patroni.cluster", settings.name()), settings.waitConfigured(), look);
    }
}
