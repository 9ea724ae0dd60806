package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outcome of a transaction, as the server itself reports it: no other source is reliable. */
public enum TransactionFate {
    /** Its changes are there. */
    COMMITTED,
    /** None of its changes are there. */
    ROLLED_BACK,
    /** It has not ended yet. */
    IN_PROGRESS,
    /** The server could not be asked, or does not know any more. */
    UNKNOWN;

    private static final Logger LOG = LoggerFactory.getLogger(TransactionFate.class);

    /** {@code invalid_parameter_value}: the id has not been assigned yet. */
    private static final String NOT_YET_GIVEN = "22023";

    /** Executes this at the beginning of a transaction and returns the transaction's id, in one round trip. */
    public static long begin(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            boolean rows = statement.execute(sql + "; SELECT txid_current()");
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Asks on a connection that is in no transaction. */
    public static TransactionFate of(Connection session, long transaction) {
        try (PreparedStatement query = session.prepareStatement("SELECT txid_status(?)")) {
            query.setLong(1, transaction);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return of(row.getString(1));
            }
        } catch (SQLException e) {
            LOG.debug("the server did not say what became of transaction {}", transaction, e);
            // After a crash, a server does not know ids of which it had written nothing: none of their changes are
            // there.
            return NOT_YET_GIVEN.equals(e.getSQLState()) ? ROLLED_BACK : UNKNOWN;
        }
    }

    /** Asks on a connection of its own. */
    public static TransactionFate of(Connector connector, String application, long transaction) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), true);
        try (Connection connection = connector.source(session).getConnection()) {
            return of(connection, transaction);
        } catch (SQLException e) {
            LOG.debug("the server could not be asked what became of transaction {}", transaction, e);
            return UNKNOWN;
        }
    }

    private static TransactionFate of(String status) {
        return status == null
                ? UNKNOWN
                : switch (status) {
                    case "committed" -> COMMITTED;
                    case "aborted" -> ROLLED_BACK;
                    case "in progress" -> IN_PROGRESS;
                    default -> UNKNOWN;
                };
    }
}
