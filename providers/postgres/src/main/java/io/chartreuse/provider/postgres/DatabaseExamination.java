package io.chartreuse.provider.postgres;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.leader.LeaderProblem;
import io.chartreuse.provider.postgres.leader.Leadership;
import io.chartreuse.provider.postgres.ownership.OpenSchemas;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.ApplicationRoute;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.ServerDetails;
import io.chartreuse.provider.postgres.server.ServerReader;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks whether a database could be migrated: it is reachable, the role is granted, it is a primary, its clock is
 * right.
 */
record DatabaseExamination(Connector connector, Clock clock) {

    private static final Duration TOLERATED = Duration.ofSeconds(5);

    List<Check> examine(String application) {
        DatabaseSettings database = connector.database();
        String subject = "database " + database.name();
        try {
            Server server = new ServerReader(connector).read(application);
            ServerDetails details = ServerDetails.read(connector, application, clock);
            List<Check> checks =
                    List.of(primary(subject, server, details), clock("clock of " + subject, details.ahead()));
            return Stream.of(
                            checks.stream(),
                            strings(subject, server).stream(),
                            searchPath(OpenSchemas.read(connector, application)).stream(),
                            route(server).stream(),
                            leader(server, application))
                    .flatMap(found -> found)
                    .toList();
        } catch (ChartreuseException e) {
            Stream<Check> checks = e.diagnostics().stream().map(problem -> Check.bad(subject, "not usable", problem));
            return checks.toList();
        }
    }

    private Check primary(String subject, Server server, ServerDetails details) {
        DatabaseSettings database = connector.database();
        String found = "PostgreSQL " + details.version() + (server.standby() ? ", standby" : ", primary")
                + database.role().map(role -> ", as role " + role).orElse("");
        return server.standby() ? Check.bad(subject, found, standby()) : Check.good(subject, found);
    }

    private Diagnostic standby() {
        DatabaseSettings database = connector.database();
        Leadership leadership = new Leadership(connector);
        return leadership.isKnown()
                ? LeaderProblem.standby(database, connector.place(), leadership.leader())
                : Diagnostic.error(
                                PostgresProblem.READ_ONLY,
                                "Database " + database.name() + " at " + connector.place()
                                        + " is a standby: it cannot be migrated.",
                                "Let the url lead to the primary, or add targetServerType=primary to it.")
                        .about(database.address());
    }

    private Stream<Check> leader(Server server, String application) {
        return new Leadership(connector).isKnown() && !server.standby()
                ? Stream.of(new LeaderExamination(connector).examine(server, application))
                : Stream.empty();
    }

    private Optional<Check> strings(String subject, Server server) {
        return server.standardStrings()
                ? Optional.empty()
                : Optional.of(Check.bad(
                        "strings of " + subject,
                        "standard_conforming_strings is off",
                        Assessment.standardStringsOff(connector.database())));
    }

    /** Reports which other logins may create objects in the schemas where migrations look up names. */
    private Optional<Check> searchPath(OpenSchemas open) {
        if (open.grants().isEmpty()) {
            return Optional.empty();
        }
        String who = open.grants().stream().map(OpenSchemas.Grant::words).collect(Collectors.joining(", "));
        String remedies = open.grants().stream().map(OpenSchemas.Grant::remedy).collect(Collectors.joining(" "));
        String database = connector.database().name();
        return Optional.of(Check.bad(
                "search path of database " + database,
                "other logins may create objects",
                Diagnostic.warning(
                                PostgresProblem.OPEN_SCHEMA,
                                "Database " + database + ": objects that migrations call by name may be replaced with"
                                        + " others of that name, because these may create some in the search path: "
                                        + who + ".",
                                "Take the right away (" + remedies + "), or leave the schema out of the search path.")
                        .about(connector.database().address())));
    }

    /** Checks that the application's URL leads to the same database. */
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
