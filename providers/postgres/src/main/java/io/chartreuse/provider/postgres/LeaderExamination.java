package io.chartreuse.provider.postgres;

import io.chartreuse.provider.postgres.leader.LeaderComparison;
import io.chartreuse.provider.postgres.leader.LeaderProblem;
import io.chartreuse.provider.postgres.leader.Leadership;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.spi.model.Check;

/** Compares a database's server with the leader of the cluster that is configured behind it. */
record LeaderExamination(Connector connector) {

    Check examine(Server server, String application) {
        String subject = "leader of database " + connector.database().name();
        LeaderComparison comparison =
                new Leadership(connector).compare(server.systemIdentifier(), PrimaryCheck.read(connector, application));
        return LeaderProblem.of(connector.database(), comparison)
                .map(problem -> Check.bad(subject, "another server", problem))
                .orElseGet(() -> Check.good(subject, found(comparison)));
    }

    private static String found(LeaderComparison comparison) {
        return comparison.verdict() == LeaderComparison.Verdict.SAME
                ? comparison.there()
                : "not compared: " + comparison.there();
    }
}
