package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Reads the code of the procedures that a database has. */
public final class ProcedureReader {

    private static final String QUERY =
            "SELECT p.proname, string_agg(CASE WHEN l.lanname ~ '^(sql|plpgsql|plpython|plperl|plv8)' THEN p.prosrc"
                    + " ELSE 'COMMIT' END, E'\\n;') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                    + " JOIN pg_language l ON l.oid = p.prolang"
                    + " WHERE p.prokind = 'p' AND n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1";

    /** Extensions whose C functions do not change the session. */
    private static final String HARMLESS =
            "('uuid-ossp', 'pgcrypto', 'citext', 'hstore', 'ltree', 'unaccent', 'btree_gist',"
                    + " 'btree_gin', 'intarray', 'cube', 'earthdistance', 'fuzzystrmatch', 'postgis', 'vector')";

    private static final String CODE = "CASE WHEN e.extname IN " + HARMLESS + " THEN ''"
            + " WHEN l.lanname NOT IN ('sql', 'plpgsql') THEN 'EXECUTE unknown'"
            + " WHEN p.prosrc = '' THEN pg_get_functiondef(p.oid) ELSE p.prosrc END";

    private static final String FROM = " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            + " JOIN pg_language l ON l.oid = p.prolang"
            + " LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'"
            + " LEFT JOIN pg_extension e ON e.oid = d.refobjid";

    private static final String CALLABLE = "SELECT name, string_agg(code, E'\n;') FROM (SELECT p.proname AS name, "
            + CODE
            + " AS code" + FROM + " WHERE p.prokind IN ('f', 'p')"
            + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') UNION ALL SELECT c.relname, " + CODE + FROM
            + " JOIN pg_trigger t ON t.tgfoid = p.oid AND NOT t.tgisinternal JOIN pg_class c ON c.oid = t.tgrelid"
            + " WHERE n.nspname <> 'pg_catalog') x GROUP BY 1";

    private final Connector connector;

    public ProcedureReader(Connector connector) {
        this.connector = connector;
    }

    /**
     * By name; of those that share one, all.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the server refuses
     */
    public Map<String, String> read(String application) {
        return read(application, QUERY);
    }

    /**
     * The code of all that a statement may call without saying so: functions and procedures by name, triggers by the
     * name of their table. Code with {@code EXECUTE} is unknown.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the server refuses
     */
    public Map<String, String> callable(String application) {
        return read(application, CALLABLE);
    }

    private Map<String, String> read(String application, String sql) {
        DatabaseSettings database = connector.database();
        SessionPurpose session = new SessionPurpose(application, database.role(), true);
        Map<String, String> code = new TreeMap<>();
        try (Connection connection = connector.source(session).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                code.put(row.getString(1), row.getString(2));
            }
            return code;
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }
}
