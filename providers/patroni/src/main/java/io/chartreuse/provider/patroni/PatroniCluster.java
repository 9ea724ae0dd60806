package io.chartreuse.provider.patroni;

import io.chartreuse.provider.patroni.failover.FailoverGuard;
import io.chartreuse.provider.patroni.failover.FailoverResource;
import io.chartreuse.provider.patroni.failover.FailoverSwitch;
import io.chartreuse.provider.patroni.failover.LeaderWatch;
import io.chartreuse.provider.patroni.failover.PostgresPort;
import io.chartreuse.provider.patroni.gate.ClusterLook;
import io.chartreuse.provider.patroni.gate.ReadinessLook;
import io.chartreuse.provider.patroni.gate.Sleeper;
import io.chartreuse.provider.patroni.probe.Probe;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.rest.RestClient;
import io.chartreuse.provider.patroni.settings.ClusterSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Context;
import java.time.Duration;

/**
 * A cluster of the configuration.
 *
 * @param settings its configuration
 * @param look     reads how far it is ready
 * @param failover its automatic failover as a resource
 * @param toggle   pauses and resumes failover
 * @param guard    watches the leader while failover is paused
 * @param members  the addresses of its servers
 */
record PatroniCluster(
        ClusterSettings settings,
        PatroniApi api,
        ReadinessLook look,
        FailoverResource failover,
        FailoverSwitch toggle,
        FailoverGuard guard,
        Members members) {

    static PatroniCluster of(ClusterSettings settings, Context context) {
        PatroniApi api = new PatroniApi(settings.endpoints(), new RestClient(settings.rest(), context.secrets()));
        Address failover = new Address("patroni.failover", settings.name());
        String holder = holder(context);
        LeaderWatch watch = new LeaderWatch(api, PostgresPort::answers);
        FailoverSwitch toggle = new FailoverSwitch(
                failover, api, watch, holder, settings.waitConfigured(), context.clock(), Sleeper.SLEEP);
        return new PatroniCluster(
                settings,
                api,
                new ClusterLook(
                        api,
                        settings,
                        settings.probe()
                                .map(probe -> new Probe(probe, context.secrets(), "chartreuse " + context.release())),
                        context.clock()),
                new FailoverResource(failover, holder, settings.failover().pause()),
                toggle,
                new FailoverGuard(watch, toggle, context.clock(), Sleeper.SLEEP),
                new Members(api, settings, context.clock()));
    }

    /** Includes the namespace, because releases of two namespaces may have the same name. */
    private static String holder(Context context) {
        return context.namespace().map(namespace -> namespace + "/").orElse("") + context.release();
    }

    /** {@code patroni.cluster/<name>}. */
    Address address() {
        return new Address("patroni.cluster", settings.name());
    }

    /** Whether the configuration asks for its failover to be paused while databases migrate. */
    boolean pausesFailover() {
        return settings.failover().pause();
    }

    /** How long its gate waits at most. */
    Duration waitConfigured() {
        return settings.waitConfigured();
    }

    /** Whether the configuration assigns that database to it. */
    boolean isBehind(String database) {
        return settings.databases().contains(database);
    }
}
