package io.chartreuse.provider.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Another session of the superuser that blocks migrations. */
final class Rival implements AutoCloseable {

    private final Connection connection;
    private final int pid;

    Rival(String database) {
        try {
            connection = TestServer.connect(database);
            execute("SET application_name = 'a rival'");
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                pid = row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int pid() {
        return pid;
    }

    Rival execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void commit() {
        execute("COMMIT");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
