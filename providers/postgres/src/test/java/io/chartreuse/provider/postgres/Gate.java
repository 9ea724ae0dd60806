package io.chartreuse.provider.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A lock that others wait for until it is opened. */
final class Gate {

    /** A statement of a migration that waits until the gate is opened. */
    static final String WAITING = "SELECT pg_advisory_xact_lock(7);";

    private final Connection connection;

    private Gate(Connection connection) {
        this.connection = connection;
    }

    static Gate shut(Connection connection) throws SQLException {
        return shut(connection, "SELECT pg_advisory_lock(7)");
    }

    /** @param sql takes the lock; in an open transaction */
    static Gate shut(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return new Gate(connection);
    }

    void open() throws SQLException {
        connection.close();
    }
}
