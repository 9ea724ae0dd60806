package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Checks the API server: its version, its clock, and the APIs that Chartreuse needs. */
final class ServerChecks {

    private static final String SERVER = "API server";
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private final ServerLook look;
    private final Map<String, Boolean> served = new ConcurrentHashMap<>();

    ServerChecks(Cluster cluster, Clock clock) {
        this.look = new ServerLook(cluster, clock);
    }

    /**
     * Checks the server first; where it cannot be reached, nothing else is checked.
     *
     * @param more further checks of a server that answers
     */
    List<Check> of(Supplier<List<Check>> more) {
        try {
            List<Check> checks = new ArrayList<>();
            ServerLook.Server server = look.server();
            checks.add(Check.good(SERVER, server.version().orElse("answers, without telling its version")));
            server.ahead().map(ServerChecks::clock).ifPresent(checks::add);
            checks.addAll(more.get());
            return checks;
        } catch (ApiException e) {
            return e.diagnostics().stream()
                    .map(problem -> Check.bad(SERVER, "cannot be asked", problem))
                    .toList();
        }
    }

    static Check clock(Duration ahead) {
        String subject = "clock of the API server";
        String found = ahead.abs().compareTo(Duration.ofSeconds(2)) < 0
                ? "as ours"
                : ahead.abs().toSeconds() + "s " + (ahead.isNegative() ? "behind" : "ahead of") + " ours";
        return ahead.abs().compareTo(TOLERATED) <= 0
                ? Check.good(subject, found)
                : Check.bad(
                        subject,
                        found,
                        Diagnostic.warning(
                                KubernetesError.CLOCK_SKEW,
                                "the clock of the API server is " + found,
                                "Synchronize the clocks of this machine and of the control plane (NTP)."));
    }

    /** Checks an API that Chartreuse cannot work without. */
    Check api(String groupVersion, String plural, String purpose) {
        String subject = "API " + groupVersion;
        return look.knows(groupVersion, plural)
                .map(there -> there
                        ? Check.good(subject, plural)
                        : Check.bad(
                                subject,
                                "missing",
                                Diagnostic.error(
                                        KubernetesError.API_MISSING,
                                        "the API server does not know " + plural + " of " + groupVersion + ", which "
                                                + purpose + " needs",
                                        "Use a cluster of Kubernetes 1.23 or newer; look at: kubectl api-versions")))
                .orElseGet(() -> Check.good(subject, "not known"));
    }

    /** Whether the server has any version of an API group; true where that is not known. */
    boolean serves(String group) {
        return served.computeIfAbsent(group, look::serves);
    }

    /** Checks the optional definition of ExpectedDeploymentScales; without it, none of them chooses workloads. */
    Check definition(String groupVersion, String plural) {
        return Check.good(
                plural + "." + groupVersion.split("/", 2)[0],
                look.knows(groupVersion, plural)
                        .map(there -> there ? "installed" : "not installed, so none says what is stopped")
                        .orElse("not known"));
    }
}
