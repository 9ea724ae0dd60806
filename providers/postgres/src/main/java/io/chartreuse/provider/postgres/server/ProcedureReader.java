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
            "SELECT p.proname, string_agg(p.prosrc, E'\\n;') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                    + " WHERE p.prokind = 'p' AND n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1";

    private final Connector connector;

    public ProcedureReader(Connector connector) {
        this.connector = connector;
    }

    /**
     * By name; of those that share one, all.
     *
     * @throws io.chartreuse.spi.ChartreuseException where the server refuses
     */
    public Map<String, String> read(String application) {
        DatabaseSettings database = connector.database();
        Session session = new Session(application, database.role(), true);
        Map<String, String> code = new TreeMap<>();
        try (Connection connection = connector.source(session).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                code.put(row.getString(1), row.getString(2));
            }
            return code;
        } catch (SQLException e) {
            throw new Refusal(connector).explain(e);
        }
    }
}
