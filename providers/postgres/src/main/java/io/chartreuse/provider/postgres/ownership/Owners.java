package io.chartreuse.provider.postgres.ownership;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The objects of a database that do not belong to the role that should own them. Compared before and after migrations,
 * it shows which objects these have given to another role: the role's default privileges do not apply to them.
 *
 * @param role   the role that should own them
 * @param others the commands that would give each of them to the role, by object; what came with an extension, and what
 *               follows its table, is left out
 */
public record Owners(String role, SortedMap<String, String> others) {

    /** Kinds as {@code ALTER} spells them; a domain is altered as the type that it is. */
    private static final String OTHERS = """
            WITH objects AS (
              SELECT 'pg_class'::regclass AS class, oid, relnamespace AS schema, relowner AS owner FROM pg_class
               WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
              UNION ALL
              SELECT 'pg_type'::regclass, oid, typnamespace, typowner FROM pg_type t
               WHERE typtype IN ('e', 'd', 'r')
                  OR typtype = 'c' AND EXISTS (SELECT FROM pg_class WHERE oid = t.typrelid AND relkind = 'c')
              UNION ALL
              SELECT 'pg_proc'::regclass, oid, pronamespace, proowner FROM pg_proc
              UNION ALL
              SELECT 'pg_namespace'::regclass, oid, oid, nspowner FROM pg_namespace)
            SELECT i.type || ' ' || i.identity AS object, pg_get_userbyid(o.owner) AS owner,
                   format('ALTER %s %s OWNER TO %I;', upper(i.type), i.identity, ?::text) AS command
              FROM objects o JOIN pg_namespace n ON n.oid = o.schema
             CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
             WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
               AND pg_get_userbyid(o.owner) <> ?
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid
                                  AND d.deptype IN ('a', 'e', 'i') AND d.refclassid <> 'pg_namespace'::regclass)
            """;

    public Owners {
        others = new TreeMap<>(others);
    }

    /** @throws io.chartreuse.spi.model.ChartreuseException where the server cannot be reached or refuses */
    public static Owners read(Connector connector, String role, String application) {
        try (Connection connection = connector
                        .source(new SessionPurpose(application, Optional.empty(), true))
                        .getConnection();
                PreparedStatement query = connection.prepareStatement(OTHERS)) {
            query.setString(1, role);
            query.setString(2, role);
            SortedMap<String, String> others = new TreeMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    others.put(
                            row.getString("object") + " belongs to " + row.getString("owner"),
                            row.getString("command"));
                }
            }
            return new Owners(role, others);
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    /** The objects that have come to belong to another role since, each with the command that fixes it. */
    public List<String> since(Owners before) {
        return others.entrySet().stream()
                .filter(other -> !before.others().containsKey(other.getKey()))
                .map(other -> other.getKey() + ", not to " + role + "; to fix it: " + other.getValue())
                .toList();
    }
}
