package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a lost connection may have left on the server.
 *
 * @param executing      the server's processes that still work for sessions of that name, whose client is gone
 * @param invalidIndexes by name: the leftovers of {@code CREATE INDEX CONCURRENTLY} that did not finish
 */
public record OrphanedSession(List<Integer> executing, List<String> invalidIndexes) {

    /** No leftovers. */
    public static final OrphanedSession NONE = new OrphanedSession(List.of(), List.of());

    private static final String SESSIONS = "FROM pg_stat_activity WHERE datname = current_database()"
            + " AND usename = session_user AND application_name = ? AND pid <> pg_backend_pid()";
    private static final String INDEXES =
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1";

    public OrphanedSession {
        executing = List.copyOf(executing);
        invalidIndexes = List.copyOf(invalidIndexes);
    }

    /**
     * Reads the leftovers.
     *
     * @param application the application name of the lost sessions; no other session may use that name now
     * @throws io.chartreuse.spi.model.ChartreuseException where the server cannot be reached
     */
    public static OrphanedSession read(Connector connector, String application) {
        return ask(connector, application, "SELECT pid " + SESSIONS + " AND state = 'active'");
    }

    /**
     * Ends those sessions, so that their work is rolled back and cannot be committed later, and reads the leftovers.
     * The sessions may still be there, because ending takes time.
     */
    public static OrphanedSession end(Connector connector, String application) {
        return ask(connector, application, "SELECT pid, pg_terminate_backend(pid) " + SESSIONS);
    }

    private static OrphanedSession ask(Connector connector, String application, String sessions) {
        SessionPurpose session = new SessionPurpose(application, Optional.empty(), true);
        try (Connection connection = connector.source(session).getConnection();
                PreparedStatement indexes = connection.prepareStatement(INDEXES);
                PreparedStatement query = connection.prepareStatement(sessions)) {
            query.setString(1, session.application());
            List<Integer> executing = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    executing.add(rows.getInt(1));
                }
            }
            return new OrphanedSession(executing, names(indexes));
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    private static List<String> names(PreparedStatement indexes) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = indexes.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
