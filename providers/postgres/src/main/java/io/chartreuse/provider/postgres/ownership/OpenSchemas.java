package io.chartreuse.provider.postgres.ownership;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The schemas in which migrations look up names and in which logins may create objects, without the logins that may act
 * as the migrating role anyway: another login's function may be called in place of another of that name
 * (CVE-2018-1058). Leaves out superusers.
 *
 * @param grants by schema and grantee, sorted
 */
public record OpenSchemas(List<Grant> grants) {

    /**
     * The owner of a schema needs no grant. A path may name missing schemas: logins that may create schemas can create
     * those. Parameters: the path's schemas, the configured schemas, the path as it is written, the role of migrations
     * three times.
     */
    private static final String OPEN = """
            WITH places AS (
              SELECT 'SCHEMA' AS kind, n.nspname AS name, n.nspowner AS owner,
                     coalesce(n.nspacl, acldefault('n', n.nspowner)) AS acl
                FROM pg_namespace n WHERE n.nspname = ANY (?::name[]) OR n.nspname = ANY (?::name[])
              UNION ALL
              SELECT 'DATABASE', d.datname, d.datdba, coalesce(d.datacl, acldefault('d', d.datdba))
                FROM pg_database d
               WHERE d.datname = current_database()
                 AND EXISTS (SELECT FROM unnest(string_to_array(?::text, ',')) entry
                              WHERE replace(btrim(entry, '" '), '$user', ?::text)
                                    NOT IN (SELECT nspname::text FROM pg_namespace))),
            creators AS (
              SELECT p.kind, p.name, false AS owner, a.grantee FROM places p CROSS JOIN LATERAL aclexplode(p.acl) a
               WHERE a.privilege_type = 'CREATE' AND a.grantee <> p.owner
              UNION
              SELECT kind, name, true, owner FROM places)
            SELECT c.kind || ' ' || quote_ident(c.name) AS place, c.owner,
                   CASE c.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END AS grantee, quote_ident(?::text) AS role
              FROM creators c LEFT JOIN pg_roles r ON r.oid = c.grantee
             WHERE c.grantee = 0
                OR EXISTS (SELECT FROM pg_roles l
                            WHERE l.rolcanlogin AND NOT l.rolsuper AND l.rolname <> session_user
                              AND pg_has_role(l.oid, c.grantee, 'MEMBER')
                              AND NOT pg_has_role(l.oid, ?::name, 'MEMBER'))
             ORDER BY c.kind DESC, c.name, grantee
            """;

    public OpenSchemas {
        grants = List.copyOf(grants);
    }

    /**
     * A right to create objects in a schema. All parts are in SQL's notation.
     *
     * @param place    {@code SCHEMA public}, or {@code DATABASE shop} where the search path names missing schemas
     * @param grantee  {@code PUBLIC} or a role
     * @param newOwner the migrating role, where the right comes from owning the place
     */
    public record Grant(String place, String grantee, Optional<String> newOwner) {

        /** {@code every login in schema public}. */
        public String words() {
            return (grantee.equals("PUBLIC") ? "every login" : "role " + grantee) + " in "
                    + place.replaceFirst("^SCHEMA", "schema").replaceFirst("^DATABASE", "new schemas of database");
        }

        /** The statement that revokes the right. */
        public String remedy() {
            return newOwner.map(role -> "ALTER " + place + " OWNER TO " + role + ";")
                    .orElse("REVOKE CREATE ON " + place + " FROM " + grantee + ";");
        }
    }

    /** @throws io.chartreuse.spi.model.ChartreuseException where the server cannot be reached or refuses */
    public static OpenSchemas read(Connector connector, String application) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), true).inUsersPath();
        try (Connection connection = connector.source(session).getConnection()) {
            return read(connection, connector.database().tool().schemas());
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    /** Reads the search path first and then resets it: from there on names are the server's own. */
    private static OpenSchemas read(Connection connection, List<String> configured) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet path = statement.executeQuery("SELECT pg_catalog.current_schemas(false)::pg_catalog.text,"
                        + " pg_catalog.current_setting('search_path'), current_user");
                PreparedStatement query = connection.prepareStatement(OPEN)) {
            path.next();
            query.setString(1, path.getString(1));
            query.setArray(2, connection.createArrayOf("text", configured.toArray()));
            query.setString(3, path.getString(2));
            String role = path.getString(3);
            query.setString(4, role);
            query.setString(5, role);
            query.setString(6, role);
            statement.execute("SET search_path = pg_catalog");
            return new OpenSchemas(grants(query));
        }
    }

    private static List<Grant> grants(PreparedStatement query) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                grants.add(new Grant(
                        row.getString("place"),
                        row.getString("grantee"),
                        row.getBoolean("owner") ? Optional.of(row.getString("role")) : Optional.empty()));
            }
        }
        return grants;
    }
}
