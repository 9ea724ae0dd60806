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
 * The server's side of Alembic's sessions, told by their name. A server does not notice that a client is gone while a
 * statement of it runs: until that ends, its locks stay. What a run that died has left is waited for with the database's
 * lock.
 */
final class AlembicSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AlembicSessions.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String OURS =
            " FROM pg_stat_activity WHERE datname = current_database() AND application_name = ?";

    private final Connector connector;
    private final String application;

    /** @param application what the run's sessions call themselves: while Alembic works, they are all its own */
    AlembicSessions(Connector connector, String application) {
        this.connector = connector;
        this.application = application;
    }

    /** Ends what is left of a process that has ended. What cannot be ended is only told: it ends by itself. */
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
