package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Asks a server for its identity, in a session that cannot write, and checks whether the role may be taken. */
public final class ServerReader {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INVALID_PARAMETER = "22023";

    /** Tables that came with an extension are not the user's; the tool's own table is recognized by its name. */
    private static final String FACTS = """
            SELECT d.oid::text AS oid, d.datname AS database, pg_is_in_recovery() AS standby,
                   current_setting('server_version_num')::int / 10000 AS major,
                   NOT EXISTS (
                     SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE c.relkind IN ('r', 'p', 'f') AND regexp_replace(c.relname, '_progress$', '') <> ?
                        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
                        AND (cardinality(?::text[]) = 0 OR n.nspname = ANY (?::text[]))
                        AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                                           AND e.objid = c.oid AND e.deptype = 'e')) AS empty,
                   EXISTS (
                     SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE c.relname = ? AND n.nspname = coalesce((?::text[])[1], ?)) AS history
              FROM pg_database d WHERE d.datname = current_database()
            """;

    private final Connector connector;
    private final DriverFailure refusal;

    public ServerReader(Connector connector) {
        this.connector = connector;
        this.refusal = new DriverFailure(connector);
    }

    /**
     * Connects, takes the role and reads.
     *
     * @param application see {@link SessionPurpose#application()}
     * @throws ChartreuseException where the server cannot be reached, refuses the login or does not grant the role
     */
    public Server read(String application) {
        try (Connection connection = connector
                .source(new SessionPurpose(application, Optional.empty(), true).inUsersPath())
                .getConnection()) {
            new Pooler(connector).refuse(connection);
            takeRole(connection);
            Optional<String> schema = leaveUsersPath(connection);
            return facts(connection, schema);
        } catch (SQLException e) {
            throw refusal.explain(e);
        }
    }

    private void takeRole(Connection connection) throws SQLException {
        Optional<String> role = connector.database().role();
        if (role.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE \"" + role.get().replace("\"", "\"\"") + "\"");
        } catch (SQLException e) {
            throw roleRefused(role.get(), connection.getMetaData().getDatabaseMajorVersion(), e);
        }
    }

    private ChartreuseException roleRefused(String role, int major, SQLException failure) {
        DatabaseSettings database = connector.database();
        String login = database.user().orElse("the login role");
        if (INVALID_PARAMETER.equals(failure.getSQLState())) {
            return refused(
                    PostgresProblem.UNKNOWN_ROLE,
                    "Database " + database.name() + ": there is no role " + role + ".",
                    "Create it (CREATE ROLE " + role + " NOLOGIN) or correct the setting role.");
        }
        if (INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())) {
            return refused(
                    PostgresProblem.ROLE_NOT_PERMITTED,
                    "Database " + database.name() + ": " + login + " may not take the role " + role + ".",
                    "GRANT " + role + " TO " + login + (major < 16 ? "" : " WITH SET TRUE")
                            + ", or correct the settings user and role.");
        }
        return refusal.explain(failure);
    }

    private ChartreuseException refused(PostgresProblem problem, String summary, String remedy) {
        return new ChartreuseException(Diagnostic.error(problem, summary, remedy)
                .about(connector.database().address()));
    }

    /** From here on names are the server's own. @return the schema that unqualified names of migrations are in */
    private static Optional<String> leaveUsersPath(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Optional<String> schema;
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.current_schema()")) {
                row.next();
                schema = Optional.ofNullable(row.getString(1));
            }
            statement.execute("SET search_path = pg_catalog");
            return schema;
        }
    }

    private Server facts(Connection connection, Optional<String> schema) throws SQLException {
        List<String> schemas = connector.database().tool().schemas();
        String table = connector.database().tool().table();
        try (PreparedStatement query = connection.prepareStatement(FACTS)) {
            query.setString(1, table);
            query.setArray(2, connection.createArrayOf("text", schemas.toArray()));
            query.setArray(3, connection.createArrayOf("text", schemas.toArray()));
            query.setString(4, table);
            query.setArray(5, connection.createArrayOf("text", schemas.toArray()));
            query.setString(6, schema.orElse(null));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Server(
                        systemIdentifier(connection),
                        row.getString("oid"),
                        row.getString("database"),
                        row.getInt("major"),
                        row.getBoolean("standby"),
                        row.getBoolean("empty"),
                        row.getBoolean("history"),
                        hasStandardStrings(connection));
            }
        }
    }

    /** Uses the value that the server reports when a session begins. */
    private static boolean hasStandardStrings(Connection connection) throws SQLException {
        return !"off".equals(connection.unwrap(PGConnection.class).getParameterStatus("standard_conforming_strings"));
    }

    /** Every role may ask this by default; where that was revoked, the database's oid has to do. */
    private static Optional<String> systemIdentifier(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
            row.next();
            return Optional.of(row.getString(1));
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
