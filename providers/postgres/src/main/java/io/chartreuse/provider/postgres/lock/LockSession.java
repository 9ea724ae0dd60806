package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.server.ApplicationName;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.OpenSessions;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.util.HostSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that has a database's advisory lock, and does nothing else. It never has an open transaction, so that no
 * other session waits for it. Used by one thread at a time.
 */
final class LockSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LockSession.class);

    private static final int ANSWER_SECONDS = 10;

    /** The error of a standby for a write: then the run looks for the primary. */
    private static final String READ_ONLY_TRANSACTION = "25006";

    /** Spells {@code chartreu}: {@code pg_locks} shows it as classid 1667785074 and objid 1953654133. */
    static final long KEY = 0x6368617274726575L;

    private static final String HOLDER = """
            SELECT a.pid, a.application_name, a.usename, a.backend_start AS since, host(a.client_addr) AS address
              FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND (l.classid::bigint << 32) | l.objid::bigint = ?
            """;

    /** A run that migrates releases the lock last: a session that is left belongs to a process that died. */
    private static final String LEFT = """
            SELECT pid, application_name, usename, coalesce(query_start, backend_start) AS since,
                   host(client_addr) AS address
              FROM pg_stat_activity
             WHERE datname = current_database() AND application_name LIKE ? AND pid <> pg_backend_pid()
             ORDER BY pid LIMIT 1
            """;

    /** Only a session with the name of this run's lock: the process id may belong to another session by now. */
    private static final String END = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE pid = ? AND datname = current_database() AND usename = session_user
               AND application_name = current_setting('application_name')
            """;

    private final Connection connection;
    private final int backend;
    private final HostSpec server;
    private final BlockerReader blockers;
    private boolean locked;

    private LockSession(Connection connection, BlockerReader blockers) throws SQLException {
        this.connection = connection;
        this.backend = connection.unwrap(PGConnection.class).getBackendPID();
        this.server = OpenSessions.server(connection);
        this.blockers = blockers;
    }

    /** Connects; takes nothing yet. */
    static LockSession open(Connector connector, String application) throws SQLException {
        SessionPurpose session = new SessionPurpose(ApplicationName.lock(application), Optional.empty(), true);
        String sessions = new SessionPurpose(application, Optional.empty(), false).application();
        Connection connection = connector.source(session).getConnection();
        connection.setNetworkTimeout(Runnable::run, ANSWER_SECONDS * 1000);
        return new LockSession(connection, new BlockerReader(sessions));
    }

    /** Takes the lock where it is free. Returns its holder, or a session of a dead run that still migrates. */
    Optional<LockHolder> inTheWay() throws SQLException {
        if (!lock()) {
            return Optional.of(holder(HOLDER, KEY, false).orElseGet(LockHolder::ended));
        }
        return holder(LEFT, ApplicationName.OF_A_RUN, true);
    }

    /**
     * Takes the lock where it is free, even while a dead run's session migrates.
     *
     * @return whether this session has the lock
     */
    boolean lock() throws SQLException {
        locked = locked || tryLock();
        return locked;
    }

    /** The server that it is on. */
    HostSpec server() {
        return server;
    }

    /** The server's process behind it. */
    int backend() {
        return backend;
    }

    /** Ends what the server still keeps of a lost session: where the network failed, it has not noticed the loss. */
    void end(int lost) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(END)) {
            query.setInt(1, lost);
            query.execute();
        }
    }

    /** The sessions that block this run; fails where this session, and with it the lock, is lost. */
    List<Blocker> blockers() throws SQLException {
        return blockers.read(connection);
    }

    /** Whether the server still answers here. */
    boolean isAlive() {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("the lock's session was gone already", e);
        }
    }

    /** Refuses a standby, which grants locks, too, but these do not lock the primary. */
    private boolean tryLock() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT pg_is_in_recovery(), CASE WHEN NOT pg_is_in_recovery() THEN pg_try_advisory_lock(?) END")) {
            query.setLong(1, KEY);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    throw new SQLException("it is a standby, and its locks are worth nothing", READ_ONLY_TRANSACTION);
                }
                return row.getBoolean(2);
            }
        }
    }

    private Optional<LockHolder> holder(String sql, Object parameter, boolean executes) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, parameter);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(holder(row, executes)) : Optional.empty();
            }
        }
    }

    private static LockHolder holder(ResultSet row, boolean executes) throws SQLException {
        return new LockHolder(
                executes,
                row.getInt("pid"),
                row.getString("application_name"),
                Optional.ofNullable(row.getString("usename")),
                Optional.ofNullable(row.getObject("since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("address")));
    }
}
