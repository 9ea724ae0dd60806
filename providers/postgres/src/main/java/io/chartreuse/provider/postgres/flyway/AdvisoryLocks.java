package io.chartreuse.provider.postgres.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The advisory locks that a session holds: one is Flyway's own, and DISCARD ALL releases all of them. */
record AdvisoryLocks(List<Long> keys) {

    private static final String HELD = "SELECT DISTINCT classid::bigint << 32 | objid::bigint FROM pg_catalog.pg_locks"
            + " WHERE locktype = 'advisory' AND objsubid = 1 AND mode = 'ExclusiveLock' AND pid = pg_backend_pid()"
            + " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

    AdvisoryLocks {
        keys = List.copyOf(keys);
    }

    static AdvisoryLocks heldBy(Connection session) throws SQLException {
        List<Long> keys = new ArrayList<>();
        try (Statement query = session.createStatement();
                ResultSet row = query.executeQuery(HELD)) {
            while (row.next()) {
                keys.add(row.getLong(1));
            }
        }
        return new AdvisoryLocks(keys);
    }

    /** Takes them again after the session has released them. */
    void takeAgain(Connection session) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement("SELECT pg_catalog.pg_advisory_lock(?)")) {
            for (long key : keys) {
                lock.setLong(1, key);
                lock.execute();
            }
        }
    }
}
