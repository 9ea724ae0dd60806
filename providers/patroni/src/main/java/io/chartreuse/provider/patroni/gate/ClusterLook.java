package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.probe.Probe;
import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.settings.ClusterSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the REST API, where its endpoints are known, and then, if that finds the cluster ready, PostgreSQL itself. */
public final class ClusterLook implements ReadinessLook {

    private final PatroniApi api;
    private final ClusterSettings settings;
    private final Optional<Probe> probe;
    private final Clock clock;

    public ClusterLook(PatroniApi api, ClusterSettings settings, Optional<Probe> probe, Clock clock) {
        this.api = api;
        this.settings = settings;
        this.probe = probe;
        this.clock = clock;
    }

    @Override
    public ClusterReadiness look() throws InterruptedException {
        if (settings.endpoints().isEmpty()) {
            return ClusterReadiness.ofProbe(probe.flatMap(asked -> asked.attempt(List.of())));
        }
        ClusterView view = api.look(settings.failover().pause());
        List<ReadinessGap> missing =
                new ArrayList<>(ClusterRules.missing(view, settings.maximumLag(), settings.allowNoReplicas()));
        missing.addAll(new FailoverRules(settings.failover(), clock.instant()).missing(view));
        if (missing.isEmpty()) {
            List<String> members = view.cluster().map(ClusterStatus::addresses).orElse(List.of());
            probe.flatMap(asked -> asked.attempt(members)).ifPresent(missing::add);
        }
        return ClusterReadiness.of(view, missing);
    }
}
