package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Refuses a notes table that another login has created in place of Chartreuse's: a view or a trigger of that login
 * would run with Chartreuse's rights, and the content of such a table is not trusted.
 */
final class NotesOwner {

    /** A superuser counts as a member of every role, so for a superuser membership proves nothing. */
    private static final String OWNER = """
            SELECT pg_catalog.pg_get_userbyid(c.relowner), c.relkind = 'r', c.relkind = 'r' AND (
                   pg_catalog.pg_get_userbyid(c.relowner) IN (current_user, session_user)
                   OR EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid = c.relowner AND r.rolsuper)
                   OR EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.datdba = c.relowner
                                 AND d.datname = pg_catalog.current_database())
                   OR NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = current_user)
                      AND pg_catalog.pg_has_role(c.relowner, 'MEMBER'))
              FROM pg_catalog.pg_class c
             WHERE c.oid = pg_catalog.to_regclass(?)::oid
            """;

    private NotesOwner() {}

    /**
     * Checks the owner of the table, without reading it. Once Chartreuse's login owns it, no other login can replace
     * it.
     *
     * @param connection with the search path of migrations
     * @return whether it exists
     * @throws ChartreuseException where it is not a table, or belongs to a login that is not the database's owner, a
     *     superuser, or a role that Chartreuse's login belongs to
     */
    static boolean areThere(Connector connector, Connection connection, ProgressTable table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OWNER)) {
            query.setString(1, table.name());
            try (ResultSet row = query.executeQuery()) {
                boolean there = row.next();
                if (there && !row.getBoolean(3)) {
                    throw new ChartreuseException(foreign(connector, table, row.getString(1), row.getBoolean(2)));
                }
                return there;
            }
        }
    }

    private static Diagnostic foreign(Connector connector, ProgressTable table, String owner, boolean isTable) {
        return Diagnostic.error(
                        PostgresProblem.FOREIGN_NOTES,
                        "Database " + connector.database().name() + ": " + table.name()
                                + ", where Chartreuse notes the progress of a migration, belongs to role " + owner
                                + (isTable ? "" : " and is not a table") + ". It was not read.",
                        "Find out why role " + owner
                                + " made it, drop it, and take the right to create there from that role: "
                                + "REVOKE CREATE ON SCHEMA … FROM PUBLIC. Where it is one of yours: ALTER TABLE "
                                + table.name() + " OWNER TO the role that migrates.")
                .about(connector.database().address());
    }
}
