package io.chartreuse.provider.patroni;

import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.rest.PatroniApi.Listing;
import io.chartreuse.provider.patroni.settings.ClusterSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of a cluster's servers, read anew for each connection, and remembered. Members that are no longer
 * listed stay at the end of the list: while failover is paused, Patroni forgets a leader whose Patroni does not answer,
 * although its PostgreSQL still takes writes. PostgreSQL itself reports which server is the primary.
 */
final class Members {

    /** Connections that are opened at the same time share one request. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Bounds the list, because members may come and go all day. */
    private static final int MOST = 32;

    /** The SQLSTATE of a connection that could not be established. */
    private static final String NOT_CONNECTED = "08001";

    private final PatroniApi api;
    private final ClusterSettings settings;
    private final Clock clock;
    private List<String> last = List.of();
    private boolean mayComeYet;
    private Instant asked = Instant.MIN;

    Members(PatroniApi api, ClusterSettings settings, Clock clock) {
        this.api = api;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @throws ChartreuseException where no member was ever named; see {@link io.chartreuse.spi.model.Servers#behind}
     */
    synchronized List<String> addresses() {
        if (asked.plus(FRESH).isBefore(clock.instant())) {
            Listing now = ask();
            last = together(now.addresses(), last);
            mayComeYet = now.mayComeYet();
            asked = clock.instant();
        }
        if (last.isEmpty()) {
            throw mayComeYet
                    ? new ChartreuseException(
                            List.of(unknown()), new SQLException("no member is named yet", NOT_CONNECTED))
                    : new ChartreuseException(unknown());
        }
        return last;
    }

    private static List<String> together(List<String> listed, List<String> known) {
        return Stream.concat(listed.stream(), known.stream())
                .distinct()
                .limit(Math.max(MOST, listed.size()))
                .toList();
    }

    private Listing ask() {
        try {
            return api.members();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChartreuseException(ClusterProblem.ofInterruption(address()), e);
        }
    }

    private Diagnostic unknown() {
        return Diagnostic.error(
                        PatroniError.UNREACHABLE,
                        "cluster " + settings.name()
                                + " does not report its members, and fromPatroni needs them to find a"
                                + " database of it",
                        "Look at patroni.clusters." + settings.name()
                                + ".endpoints, and whether Patroni's configuration store answers it.")
                .about(address());
    }

    private Address address() {
        return new Address("patroni.cluster", settings.name());
    }
}
