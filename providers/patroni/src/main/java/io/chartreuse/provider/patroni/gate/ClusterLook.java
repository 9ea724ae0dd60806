package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.probe.Probe;
import io.chartreuse.provider.patroni.problem.Missing;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.settings.ByteSize;
import java.util.List;
import java.util.Optional;

/** Asks the REST API, and PostgreSQL itself once that lacks nothing. */
public final class ClusterLook implements Look {

    private final PatroniApi api;
    private final Optional<ByteSize> maximumLag;
    private final Optional<Probe> probe;

    public ClusterLook(PatroniApi api, Optional<ByteSize> maximumLag, Optional<Probe> probe) {
        this.api = api;
        this.maximumLag = maximumLag;
        this.probe = probe;
    }

    @Override
    public Readiness look() throws InterruptedException {
        ClusterView view = api.look();
        List<Missing> missing = ClusterRules.missing(view, maximumLag);
        if (missing.isEmpty()) {
            missing = probe.flatMap(Probe::attempt).stream().toList();
        }
        Optional<String> leader = view.cluster().flatMap(ClusterStatus::leader).map(Member::name);
        return new Readiness(missing, view.presence(), leader, view.identity());
    }
}
