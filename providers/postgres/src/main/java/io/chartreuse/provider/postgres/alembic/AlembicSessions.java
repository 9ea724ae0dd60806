package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of Alembic's sessions, found by their application name. While a statement runs, a server does not
 * notice that the client is gone: until the statement ends, its locks stay. For what a dead run has left, the
 * database's lock waits.
 */
final class AlembicSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AlembicSessions.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String OURS =
            " FROM pg_stat_activity WHERE datname = current_database() AND application_name = ?";

    private final Connector connector;
    private final String application;

    /** @param application the application name of the run's sessions: while Alembic works, all of them are Alembic's */
    AlembicSessions(Connector connector, String application) {
        this.connector = connector;
        this.application = application;
    }

    /**
     * Ends what is left of a process that has ended. A session that cannot be ended is only logged: it ends by itself.
     */
    void end() {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(pid)" + OURS)) {
            statement.setString(1, application);
            statement.executeQuery();
            for (int look = 0; look < 20 && any(); look++) {
                Thread.sleep(PAUSE.toMillis() / 5);
            }
        } catch (SQLException e) {
            LOG.debug("sessions of {} could not be ended", application, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean any() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT pid" + OURS)) {
            statement.setString(1, application);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private Connection connect() throws SQLException {
        return connector
                .source(new SessionPurpose("looking for " + application, Optional.empty(), true))
                .getConnection();
    }
}
