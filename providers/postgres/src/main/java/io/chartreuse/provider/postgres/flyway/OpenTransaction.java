package io.chartreuse.provider.postgres.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The open transaction of a session, from the state that the server sends with each answer: a migration may have begun
 * or ended one.
 */
final class OpenTransaction {

    private OpenTransaction() {}

    /** Whether the session is in a transaction. Sends no request: the driver has kept the server's last answer. */
    static boolean isOpen(Connection session) throws SQLException {
        return session.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /**
     * Commits an open transaction.
     *
     * @return whether a transaction was open
     */
    static boolean commit(Connection session) throws SQLException {
        return end(session, "COMMIT");
    }

    /**
     * Rolls back an open transaction.
     *
     * @return whether a transaction was open and is closed now
     */
    static boolean rollBack(Connection session) throws SQLException {
        return end(session, "ROLLBACK") && !isOpen(session);
    }

    /** Uses a statement: in auto-commit mode the driver refuses to end a transaction that it did not begin. */
    private static boolean end(Connection session, String sql) throws SQLException {
        if (!isOpen(session)) {
            return false;
        }
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
        return true;
    }
}
