package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Servers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The current address of a database: the hosts of its URL, or the members of the cluster behind it. */
final class Route {

    private static final Pattern HOSTS = Pattern.compile("^jdbc:postgresql://[^/?]*");

    private final DatabaseSettings database;
    private final Servers servers;
    private volatile String last;

    Route(DatabaseSettings database, Servers servers) {
        this.database = Objects.requireNonNull(database, "database");
        this.servers = Objects.requireNonNull(servers, "servers");
        this.last = database.url();
    }

    /**
     * The url to connect to now.
     *
     * @throws ChartreuseException where the cluster is not configured, or never answered
     */
    String url() {
        if (database.fromPatroni()) {
            last = led(database.url(), servers.behind(database.name()).orElseThrow(this::noCluster));
        }
        return last;
    }

    /** The URL that was returned last. Asks no server. */
    String last() {
        return last;
    }

    static String led(String url, List<String> hosts) {
        return HOSTS.matcher(url)
                .replaceFirst(Matcher.quoteReplacement("jdbc:postgresql://" + String.join(",", hosts)));
    }

    /** The error that the hosts are to come from a cluster that is not configured. Asks no server. */
    Optional<Diagnostic> problem() {
        return database.fromPatroni() && !servers.knows(database.name())
                ? Optional.of(noClusterBehindIt())
                : Optional.empty();
    }

    private ChartreuseException noCluster() {
        return new ChartreuseException(noClusterBehindIt());
    }

    private Diagnostic noClusterBehindIt() {
        String name = database.name();
        return Diagnostic.error(
                        PostgresProblem.NO_CLUSTER,
                        "Database " + name + " takes its hosts from Patroni, and no cluster is configured behind it.",
                        "Add the cluster to patroni.clusters, with `database: " + name
                                + "`; or take fromPatroni away and name the hosts in the url.")
                .about(database.address())
                .at(Location.ofSetting("/postgres/databases/" + name + "/fromPatroni"));
    }
}
