package io.chartreuse.provider.patroni;

import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.rest.Leader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Describes a cluster and its leader in one line. Pure. */
final class LeaderLine {

    private LeaderLine() {}

    /** {@code scope shop, system identifier 7412…, timeline 3, leader pg-0}; parts that are not known are left out. */
    static String of(SortedMap<String, String> identity, Optional<Leader> leader) {
        List<String> parts = new ArrayList<>();
        Optional.ofNullable(identity.get("scope")).ifPresent(scope -> parts.add("scope " + scope));
        Optional.ofNullable(identity.get("systemIdentifier")).ifPresent(id -> parts.add("system identifier " + id));
        leader.map(Leader::timeline)
                .filter(timeline -> timeline.isPresent())
                .ifPresent(timeline -> parts.add("timeline " + timeline.getAsInt()));
        parts.add(leader.map(who -> "leader " + who.name()).orElse("no leader"));
        return String.join(", ", parts);
    }

    /** The same for the record of a run. */
    static String of(ClusterView view) {
        if (view.presence() == EndpointPresence.NOT_ASKED) {
            return "not asked: no endpoints of Patroni's REST API are configured";
        }
        if (view.cluster().isEmpty()) {
            return "not known (" + String.join("; ", view.problems()) + ")";
        }
        boolean paused = view.cluster().filter(ClusterStatus::paused).isPresent();
        return of(view.identity(), view.leader()) + (paused ? ", automatic failover paused" : "");
    }
}
