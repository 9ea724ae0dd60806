package io.chartreuse.provider.patroni;

import io.chartreuse.provider.patroni.failover.FailoverSwitch.Refusal;
import io.chartreuse.provider.patroni.gate.ClusterReadiness;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/** Builds the errors of a cluster from what was read of it. */
final class ClusterProblem {

    private static final String BASE_URLS = "they must be base URLs of Patroni's REST API (port 8008 as a rule).";

    private ClusterProblem() {}

    /**
     * Why no plan can be made of the cluster: Patroni cannot be asked. A cluster that is not ready yet can still be
     * planned.
     */
    static Optional<Diagnostic> ofPlanning(Address address, ClusterReadiness readiness) {
        if (readiness.presence() == EndpointPresence.PATRONI || readiness.presence() == EndpointPresence.NOT_ASKED) {
            return Optional.empty();
        }
        String endpoints = "patroni.clusters." + address.name() + ".endpoints";
        String rest = "patroni.clusters." + address.name() + ".rest";
        return Optional.of(
                switch (readiness.presence()) {
                    case NOBODY ->
                        problem(
                                PatroniError.UNREACHABLE,
                                address,
                                " cannot be reached: " + readiness.what(),
                                "Look at " + endpoints + ": " + BASE_URLS);
                    case UNTRUSTED ->
                        problem(
                                PatroniError.TLS_FAILED,
                                address,
                                " cannot be asked: " + readiness.what(),
                                "Look at " + rest
                                        + ".authorities (who signed the certificate that Patroni shows) and at the"
                                        + " names in that certificate; where Patroni speaks no TLS, write http://.");
                    case REFUSING ->
                        problem(
                                PatroniError.REFUSED,
                                address,
                                " refuses us: " + readiness.what(),
                                "Look at " + rest
                                        + " (user, password, certificate) and at Patroni's restapi.allowlist.");
                    default ->
                        problem(
                                PatroniError.NOT_PATRONI,
                                address,
                                " is not where its endpoints say: " + readiness.what(),
                                "Look at " + endpoints + ": " + BASE_URLS);
                });
    }

    private static Diagnostic problem(PatroniError code, Address address, String what, String remedy) {
        return Diagnostic.error(code, "cluster " + address.name() + what, remedy)
                .about(address);
    }

    /** Why failover could not be paused. */
    static Diagnostic ofRefusal(Address address, Refusal refusal) {
        return problem(
                refusal.lasting() ? PatroniError.REFUSED : PatroniError.NOT_READY,
                address,
                ": " + refusal.missing().what(),
                refusal.missing().remedy());
    }

    /** The error that another cluster answers than the one of the plan. Ignores what one of them does not know. */
    static Optional<Diagnostic> ofIdentity(
            Address address, SortedMap<String, String> planned, SortedMap<String, String> found) {
        return planned.entrySet().stream()
                .filter(part -> found.containsKey(part.getKey()))
                .filter(part -> !found.get(part.getKey()).equals(part.getValue()))
                .findFirst()
                .map(part -> Diagnostic.error(
                                PatroniError.CLUSTER_REPLACED,
                                "cluster " + address.name() + " is another one than the plan was made for: "
                                        + part.getKey() + " was " + part.getValue() + " and is "
                                        + found.get(part.getKey()),
                                "Make a new plan, and look at its databases: they are others, too.")
                        .about(address));
    }

    static Diagnostic ofWaiting(Address address, Duration limit, ClusterReadiness readiness) {
        return Diagnostic.error(
                        PatroniError.NOT_READY,
                        "cluster " + address.name() + " was not ready within " + DurationText.of(limit) + ": "
                                + readiness.what(),
                        readiness.remedy())
                .about(address);
    }

    static Diagnostic ofInterruption(Address address) {
        return Diagnostic.error(
                        PatroniError.INTERRUPTED,
                        "asked to stop while looking at cluster " + address.name(),
                        "Nothing was changed; run it again.")
                .about(address);
    }
}
