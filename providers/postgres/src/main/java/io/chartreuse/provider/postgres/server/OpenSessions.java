package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.HostSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that waits for the server of one database: Chartreuse's connections, and processes with connections of
 * their own. All are ended together when the server does not answer any more, because none would end by itself. Safe
 * for several threads.
 */
public final class OpenSessions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

    private final Set<Connection> connections = Collections.newSetFromMap(new WeakHashMap<>());
    private final Set<Runnable> processes = new HashSet<>();

    /** Ends the watch over a process. */
    public interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    /** The server that a connection was made to. */
    public static HostSpec server(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getQueryExecutor().getHostSpec();
    }

    synchronized void add(Connection connection) {
        connections.add(connection);
    }

    /** @param end ends a process that waits for the server; called from another thread, perhaps without success */
    public synchronized Watched with(Runnable end) {
        processes.add(end);
        return () -> {
            synchronized (this) {
                processes.remove(end);
            }
        };
    }

    /**
     * Closes the sockets of all connections to that server, so that a thread which reads from them fails at once, and
     * ends processes.
     */
    public void end(HostSpec server) {
        List<Connection> ended = new ArrayList<>();
        List<Runnable> others;
        synchronized (this) {
            connections.forEach(ended::add);
            others = List.copyOf(processes);
        }
        ended.forEach(connection -> end(connection, server));
        others.forEach(Runnable::run);
    }

    private static void end(Connection connection, HostSpec server) {
        try {
            if (!connection.isClosed() && server(connection).equals(server)) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("a connection could not be ended", e);
        }
    }
}
