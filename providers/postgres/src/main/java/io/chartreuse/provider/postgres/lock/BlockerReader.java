package io.chartreuse.provider.postgres.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the sessions that block a run. Asks the lock manager only while one of the run's sessions waits for a lock. */
final class BlockerReader {

    private static final String BLOCKERS = """
            SELECT blocking.pid, coalesce(b.application_name, '') AS application, b.usename,
                   coalesce(b.state, CASE WHEN b.backend_type <> 'client backend' THEN b.backend_type END) AS state,
                   extract(epoch FROM clock_timestamp()
                           - CASE WHEN b.state = 'active' THEN b.query_start ELSE b.state_change END) AS since,
                   (SELECT string_agg(DISTINCT h.mode, ', ')
                      FROM pg_locks h
                     WHERE h.granted AND h.pid = blocking.pid AND h.locktype = l.locktype
                       AND (h.database, h.relation, h.page, h.tuple, h.virtualxid, h.transactionid, h.classid, h.objid,
                            h.objsubid)
                           IS NOT DISTINCT FROM
                           (l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, l.classid, l.objid,
                            l.objsubid)) AS held,
                   coalesce(l.mode, 'a lock') AS wanted,
                   CASE WHEN l.relation IS NOT NULL THEN l.relation::regclass::text
                        WHEN l.locktype IN ('virtualxid', 'transactionid') THEN 'its transaction'
                        ELSE coalesce(l.locktype, 'something') END AS object
              FROM pg_stat_activity w
             CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS blocking(pid)
              LEFT JOIN pg_stat_activity b ON b.pid = blocking.pid
              LEFT JOIN pg_locks l ON l.pid = w.pid AND NOT l.granted
             WHERE w.datname = current_database() AND w.application_name = ? AND w.wait_event_type = 'Lock'
             ORDER BY held, pid
            """;

    private final String application;

    /** @param application the application name of the run's sessions, as the server keeps it */
    BlockerReader(String application) {
        this.application = application;
    }

    /** First the sessions that hold a lock; then those that wait for it before this run. */
    List<Blocker> read(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BLOCKERS)) {
            query.setString(1, application);
            try (ResultSet rows = query.executeQuery()) {
                List<Blocker> blockers = new ArrayList<>();
                while (rows.next()) {
                    blockers.add(blocker(rows));
                }
                return blockers;
            }
        }
    }

    private static Blocker blocker(ResultSet row) throws SQLException {
        double seconds = row.getDouble("since");
        Optional<Duration> since =
                row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.max(0, (long) seconds)));
        return new Blocker(
                row.getInt("pid"),
                row.getString("application"),
                Optional.ofNullable(row.getString("usename")),
                Optional.ofNullable(row.getString("state")),
                since,
                Optional.ofNullable(row.getString("held")),
                row.getString("wanted"),
                row.getString("object"));
    }
}
