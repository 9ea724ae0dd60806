package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a session of the login role may write, and on which timeline of the cluster.
 *
 * @param standby  whether the server follows another one
 * @param readOnly whether transactions are read-only unless they say otherwise ({@code default_transaction_read_only})
 * @param timeline counts the promotions before this primary; empty on a standby, and where the login may not read it
 * @param position up to which byte its write-ahead log was flushed; empty where the timeline is
 */
public record PrimaryCheck(boolean standby, boolean readOnly, Optional<Integer> timeline, OptionalLong position) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** An answer takes a moment; a server that was halted gives none. */
    private static final int ANSWER_MILLIS = 30_000;

    /** The current WAL segment has the new timeline from the moment of the promotion; a checkpoint comes later. */
    private static final String WRITTEN = """
            SELECT ('x' || pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8))
                       ::pg_catalog.bit(32)::int,
                   pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_flush_lsn(), '0/0')::bigint
            """;

    public PrimaryCheck {
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(position, "position");
    }

    /** A check without a known position. */
    public PrimaryCheck(boolean standby, boolean readOnly, Optional<Integer> timeline) {
        this(standby, readOnly, timeline, OptionalLong.empty());
    }

    /** Whether migrations can run there. */
    public boolean writable() {
        return !standby && !readOnly;
    }

    /**
     * Whether the two are on different timelines, so that a promotion lies between them; false where one is unknown.
     */
    public boolean isOnAnotherTimelineThan(PrimaryCheck other) {
        return timeline.isPresent() && other.timeline().isPresent() && !timeline.equals(other.timeline());
    }

    /**
     * Connects and asks; changes nothing.
     *
     * @param application see {@link SessionPurpose#application()}
     * @throws io.chartreuse.spi.model.ChartreuseException where the server cannot be reached or refuses the login
     */
    public static PrimaryCheck read(Connector connector, String application) {
        try (Connection connection = connector
                .source(new SessionPurpose(application, Optional.empty(), false))
                .getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            return read(connection);
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    /** Asks on a session that is in no transaction. */
    public static PrimaryCheck read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery(),"
                        + " pg_catalog.current_setting('default_transaction_read_only')::bool")) {
            row.next();
            PrimaryCheck found = new PrimaryCheck(row.getBoolean(1), row.getBoolean(2), Optional.empty());
            return found.standby() ? found : found.written(connection);
        }
    }

    private PrimaryCheck written(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WRITTEN)) {
            row.next();
            return new PrimaryCheck(standby, readOnly, Optional.of(row.getInt(1)), OptionalLong.of(row.getLong(2)));
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return this;
            }
            throw e;
        }
    }
}
