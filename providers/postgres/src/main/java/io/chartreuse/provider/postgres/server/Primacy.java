package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a session of the login role may write, and into which line of the cluster's history.
 *
 * @param standby  whether the server follows another one
 * @param readOnly whether transactions are read-only unless they say otherwise ({@code default_transaction_read_only})
 * @param timeline counts the promotions before this primary; empty on a standby, and where we may not read it
 */
public record Primacy(boolean standby, boolean readOnly, Optional<Integer> timeline) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** The segment that is written now bears the timeline from the moment of the promotion; a checkpoint comes later. */
    private static final String TIMELINE =
            "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int";

    public Primacy {
        Objects.requireNonNull(timeline, "timeline");
    }

    /** Whether migrations can run there. */
    public boolean writable() {
        return !standby && !readOnly;
    }

    /** Whether a promotion lies between the two; what could not be read proves none. */
    public boolean isOnAnotherTimelineThan(Primacy other) {
        return timeline.isPresent() && other.timeline().isPresent() && !timeline.equals(other.timeline());
    }

    /**
     * Connects and asks; changes nothing.
     *
     * @param application see {@link Session#application()}
     * @throws io.chartreuse.spi.ChartreuseException where the server cannot be reached or refuses the login
     */
    public static Primacy read(Connector connector, String application) {
        try (Connection connection = connector
                .source(new Session(application, Optional.empty(), false))
                .getConnection()) {
            return read(connection);
        } catch (SQLException e) {
            throw new Refusal(connector).explain(e);
        }
    }

    private static Primacy read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only')::bool")) {
            row.next();
            boolean standby = row.getBoolean(1);
            boolean readOnly = row.getBoolean(2);
            return new Primacy(standby, readOnly, standby ? Optional.empty() : timeline(connection));
        }
    }

    private static Optional<Integer> timeline(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TIMELINE)) {
            row.next();
            return Optional.of(row.getInt(1));
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
