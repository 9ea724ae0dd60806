package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.Switchover;
import io.chartreuse.provider.patroni.settings.FailoverSettings;
import io.chartreuse.spi.text.DurationText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds a paused failover or a planned switchover that would affect a release. */
record FailoverRules(FailoverSettings settings, Instant now) {

    List<ReadinessGap> missing(ClusterView view) {
        List<ReadinessGap> missing = new ArrayList<>();
        view.cluster().flatMap(cluster -> paused(cluster, view.config())).ifPresent(missing::add);
        view.cluster()
                .flatMap(ClusterStatus::scheduled)
                .flatMap(switchover -> scheduled(switchover, view.identity().getOrDefault("scope", "CLUSTER")))
                .ifPresent(missing::add);
        return missing;
    }

    /** A pause with Chartreuse's mark comes from a run of this or another release: it ends by itself or is resumed. */
    private Optional<ReadinessGap> paused(ClusterStatus cluster, Optional<DynamicConfig> config) {
        Optional<DynamicConfig> ours = config.filter(known -> !known.holds().isEmpty());
        if (cluster.paused() && ours.isPresent() && cluster.leader().isEmpty()) {
            return Optional.of(new ReadinessGap(
                    "automatic failover is paused " + ours.get().pausedFor() + ", so that no replica takes over",
                    "Where that run is no more, resume failover with `chartreuse restore`."));
        }
        return !cluster.paused() || ours.isPresent() || settings.allowPaused()
                ? Optional.empty()
                : Optional.of(new ReadinessGap(
                        "automatic failover is paused, and not by Chartreuse",
                        "Ask who paused it, and why; then resume it (`patronictl resume`), or set allowPaused: true."));
    }

    /** A switchover whose time has come but that is still listed is about to begin. */
    private Optional<ReadinessGap> scheduled(Switchover switchover, String scope) {
        boolean late = switchover
                .at()
                .filter(at -> at.isAfter(now.plus(settings.switchoverWindow())))
                .isPresent();
        String when = switchover.at().map(at -> " for " + at).orElse("");
        return late
                ? Optional.empty()
                : Optional.of(new ReadinessGap(
                        "a switchover is scheduled" + when + ", within " + DurationText.of(settings.switchoverWindow()),
                        "Wait until it is over, or take it back (`patronictl flush " + scope
                                + " switchover`); switchoverWindow says how near it"
                                + " may be."));
    }
}
