package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Refuses a pooler that does not keep sessions: a lock, a role and time-outs have no effect there. PgBouncer drops
 * start-up options, so it is refused in every mode, even in session mode. A pooler that passes them on and keeps
 * sessions is allowed.
 */
final class Pooler {

    private static final String PROTOCOL_VIOLATION = "08P01";

    private final Connector connector;

    Pooler(Connector connector) {
        this.connector = connector;
    }

    /**
     * Looks at a session that was opened to read only. Costs one round trip where there is no pooler.
     *
     * @throws ChartreuseException where sessions are not kept
     */
    void refuse(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            String backend = backend(statement);
            boolean announced = backend.equals(
                    String.valueOf(session.unwrap(PGConnection.class).getBackendPID()));
            if (!announced && shared(statement, backend)) {
                throw refused("gives a session another server process for each transaction");
            }
        }
    }

    /** Whether another session's transaction gets this session's server process. */
    private boolean shared(Statement mine, String backend) throws SQLException {
        try (Connection other = connector
                .source(new SessionPurpose(
                                "chartreuse probe", connector.database().role(), true)
                        .inUsersPath())
                .getConnection()) {
            other.setAutoCommit(false);
            try (Statement theirs = other.createStatement()) {
                return backend(theirs).equals(backend) || !backend(mine).equals(backend);
            }
        } catch (SQLException e) {
            if (PROTOCOL_VIOLATION.equals(e.getSQLState())) {
                // In statement mode the pooler allows no transactions at all.
                return true;
            }
            throw e;
        }
    }

    /** Whether the error comes from a pooler that refuses start-up options altogether; see {@link DriverFailure}. */
    static boolean refusesOptions(SQLException failure) {
        return PROTOCOL_VIOLATION.equals(failure.getSQLState())
                && String.valueOf(failure.getMessage()).contains("unsupported startup parameter");
    }

    ChartreuseException refused(String how) {
        return new ChartreuseException(
                diagnostic(how).about(connector.database().address()));
    }

    Diagnostic diagnostic(String how) {
        String name = connector.database().name();
        return Diagnostic.error(
                PostgresProblem.POOLER,
                "Database " + name + " is behind a connection pooler at " + connector.place() + ", which " + how
                        + ": neither locks nor time-outs nor the role would hold.",
                "Set postgres.databases." + name
                        + ".migrationUrl to the server itself, past the pooler; url stays what the"
                        + " application uses. PgBouncer is refused in every mode, session mode included.");
    }

    /** The server process that executes this. Refuses a session that the start-up options have not reached. */
    private String backend(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('"
                + StartupOptions.MARK_NAME + "', true)")) {
            row.next();
            if (!StartupOptions.MARK_VALUE.equals(row.getString(2))) {
                throw refused("drops the start-up options (role, time-outs) of its clients");
            }
            return row.getString(1);
        }
    }
}
