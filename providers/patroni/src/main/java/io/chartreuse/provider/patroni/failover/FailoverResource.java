package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.gate.ClusterReadiness;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The automatic failover of a cluster as a resource.
 *
 * @param holder  on whose behalf this release pauses
 * @param pausing whether the configuration asks for a pause; otherwise only a pause that an earlier run of Chartreuse
 *                left matters
 */
public record FailoverResource(Address address, String holder, boolean pausing) {

    /** Empty where this release neither pauses failover nor has left it paused. */
    public Optional<Resource> of(ClusterReadiness readiness) {
        return readiness
                .config()
                .map(config -> pausing || config.holds().containsKey(holder)
                        ? Optional.of(known(config, readiness))
                        : Optional.<Resource>empty())
                .orElseGet(() -> pausing ? Optional.of(unknown(readiness)) : Optional.empty());
    }

    private Resource known(DynamicConfig config, ClusterReadiness readiness) {
        Resource resource = Resource.suspend(
                        address,
                        FailoverState.of(config, holder).json(),
                        FailoverState.withoutUs(config).json(),
                        FailoverState.SUSPENDED.json(),
                        reason(config))
                .withFingerprint(readiness.identity(), Map.of());
        return config.isPaused()
                        && !config.holds().isEmpty()
                        && readiness.leader().isEmpty()
                ? resource.withFindings(List.of(leaderless(config)))
                : resource;
    }

    /** The error that the leader is gone while a run that died has left failover paused. */
    private Diagnostic leaderless(DynamicConfig config) {
        return Diagnostic.warning(
                        PatroniError.FAILOVER_LEFT_PAUSED,
                        "cluster " + address.name() + " has no leader, and automatic failover is paused "
                                + config.pausedFor() + ": no replica takes over",
                        "Where that run is no more, `chartreuse restore` resumes failover; so does `chartreuse apply` before all"
                                + " else.")
                .about(address);
    }

    private String reason(DynamicConfig config) {
        if (config.holds().isEmpty()) {
            return config.isPaused()
                    ? "paused, and not by Chartreuse: it stays so"
                    : "on, and to be paused while databases migrate";
        }
        return "paused " + config.pausedFor();
    }

    /**
     * The resource of a cluster whose state is unknown. A restore tries to resume failover all the same, and reports a
     * failure.
     */
    private Resource unknown(ClusterReadiness readiness) {
        Resource resource = Resource.suspend(
                address,
                FailoverState.UNKNOWN.json(),
                FailoverState.AUTOMATIC.json(),
                FailoverState.SUSPENDED.json(),
                "no member says whether automatic failover is paused");
        return readiness.presence() == EndpointPresence.PATRONI
                ? resource.withFindings(List.of(unreadable()))
                : resource;
    }

    private Diagnostic unreadable() {
        return Diagnostic.error(
                        PatroniError.CONFIG_UNREADABLE,
                        "cluster " + address.name()
                                + " does not show its dynamic configuration (GET /config): it is not known whether automatic"
                                + " failover is paused",
                        "Look whether Patroni's configuration store answers it, and at patroni.clusters."
                                + address.name() + ".rest.")
                .about(address);
    }
}
