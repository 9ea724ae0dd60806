package io.chartreuse.provider.postgres;

import io.chartreuse.provider.postgres.leader.Leadership;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.ApplicationRoute;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.ServerReader;
import io.chartreuse.provider.postgres.server.Vitals;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Diagnostic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks whether a database could be migrated at all: reachable, the role granted, a primary, its clock as ours. */
record DatabaseExamination(Connector connector, Clock clock) {

    private static final Duration TOLERATED = Duration.ofSeconds(5);

    List<Check> examine(String application) {
        DatabaseSettings database = connector.database();
        String subject = "database " + database.name();
        try {
            Server server = new ServerReader(connector).read(application);
            Vitals vitals = Vitals.read(connector, application, clock);
            List<Check> checks =
                    List.of(primary(subject, server, vitals), clock("clock of " + subject, vitals.ahead()));
            return Stream.of(checks.stream(), route(server).stream(), leader(server, application))
                    .flatMap(found -> found)
                    .toList();
        } catch (ChartreuseException e) {
            Stream<Check> checks = e.diagnostics().stream().map(problem -> Check.bad(subject, "not usable", problem));
            return checks.toList();
        }
    }

    private Check primary(String subject, Server server, Vitals vitals) {
        DatabaseSettings database = connector.database();
        String found = "PostgreSQL " + vitals.version() + (server.standby() ? ", standby" : ", primary")
                + database.role().map(role -> ", as role " + role).orElse("");
        return server.standby()
                ? Check.bad(
                        subject,
                        found,
                        Diagnostic.error(
                                        PostgresProblem.READ_ONLY,
                                        "Database " + database.name() + " at " + connector.place()
                                                + " is a standby: it cannot be migrated.",
                                        "Let the url lead to the primary, or add targetServerType=primary to it.")
                                .about(database.address()))
                : Check.good(subject, found);
    }

    private Stream<Check> leader(Server server, String application) {
        return new Leadership(connector).isKnown() && !server.standby()
                ? Stream.of(new LeaderExamination(connector).examine(server, application))
                : Stream.empty();
    }

    /** The application and we must mean the same database. */
    private Optional<Check> route(Server server) {
        String subject = "url of database " + connector.database().name();
        return new ApplicationRoute(connector)
                .compare(server)
                .map(found -> found.equals(ApplicationRoute.SAME) || found.startsWith(ApplicationRoute.UNKNOWN)
                        ? Check.good(subject, found)
                        : Check.bad(
                                subject,
                                found,
                                Diagnostic.error(
                                                PostgresProblem.OTHER_DATABASE,
                                                "The " + subject + " leads to " + found + ", not to "
                                                        + connector.place() + " of migrationUrl.",
                                                "Let url and migrationUrl lead to the same database.")
                                        .about(connector.database().address())));
    }

    private Check clock(String subject, Duration ahead) {
        if (ahead.abs().compareTo(TOLERATED) <= 0) {
            return Check.good(subject, "as ours");
        }
        String found = ahead.abs().toSeconds() + "s " + (ahead.isNegative() ? "behind" : "ahead of") + " ours";
        return Check.bad(
                subject,
                found,
                Diagnostic.warning(
                                PostgresProblem.CLOCK_SKEW,
                                "the " + subject + " is " + found,
                                "Synchronize the clocks of this machine or node and of the server (NTP).")
                        .about(connector.database().address()));
    }
}
