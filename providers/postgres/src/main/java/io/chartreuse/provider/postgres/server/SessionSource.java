package io.chartreuse.provider.postgres.server;

import io.chartreuse.spi.model.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the password at each connection, because it may have been rotated since the last one. */
final class SessionSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SessionSource.class);

    /** Servers before 14 don't have it, and those on some systems refuse it. */
    private static final String NOTICE_A_DEAD_CLIENT = "SET client_connection_check_interval = '5s'";

    private final transient Supplier<Optional<Secret>> password;
    private final boolean migrates;
    private final transient OpenSessions sessions;
    private final int readMillis;
    private boolean bounded;

    /**
     * @param password without one, the driver looks into the user's password file
     * @param migrates whether a statement must not go on when the process that asked for it is dead
     * @param readTimeout how long the server may take for an answer once it has let us in; zero: as long as it takes
     */
    SessionSource(Supplier<Optional<Secret>> password, boolean migrates, Duration readTimeout, OpenSessions sessions) {
        this.sessions = sessions;
        this.readMillis = Math.toIntExact(readTimeout.toMillis());
        this.password = password;
        this.migrates = migrates;
    }

    /** Lets each host take that long for an answer until it has let us in, unless the url says how long. */
    void boundWhileOpening(int seconds) {
        if (getSocketTimeout() == 0) {
            setSocketTimeout(seconds);
            bounded = true;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection(
                getUser(), password.get().map(Secret::reveal).orElse(null));
        sessions.add(connection);
        if (bounded) {
            connection.setNetworkTimeout(Runnable::run, readMillis);
        }
        if (migrates) {
            noticeADeadClient(connection);
        }
        return connection;
    }

    private static void noticeADeadClient(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(NOTICE_A_DEAD_CLIENT);
        } catch (SQLException e) {
            LOG.debug("this server does not look after its clients while it executes", e);
        }
    }
}
