package io.chartreuse.provider.postgres.alembic;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether Alembic failed because the connection was lost, by the messages of psycopg and libpq. Pure. As with pgjdbc,
 * only the server knows whether the upgrade was committed.
 */
final class ServerLoss {

    /** connection_failure: what the driver of this process would report. */
    private static final String CONNECTION_FAILURE = "08006";

    private static final Pattern SIGNS = Pattern.compile("\\b(?:AdminShutdown|CrashShutdown|CannotConnectNow)\\b"
            + "|\\bReadOnlySqlTransaction\\b"
            + "|server closed the connection unexpectedly|connection has been closed unexpectedly"
            + "|connection already closed|the connection is (?:closed|lost)"
            + "|could not (?:receive data from|send data to) server|connection to server at .* failed: ");

    private ServerLoss() {}

    /** The failure as pgjdbc would report it; empty where the server itself refused. */
    static Optional<SQLException> of(AlembicFailure failure) {
        return failure.lost() || signs(failure.output().errors())
                ? Optional.of(new SQLException(failure.complaint().reason(), CONNECTION_FAILURE))
                : Optional.empty();
    }

    private static boolean signs(List<String> lines) {
        return lines.stream().anyMatch(line -> SIGNS.matcher(line).find());
    }
}
