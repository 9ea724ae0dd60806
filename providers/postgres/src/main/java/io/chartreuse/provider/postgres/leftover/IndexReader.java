package io.chartreuse.provider.postgres.leftover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads indexes by their names, in an open session. */
public final class IndexReader {

    private static final String NAMED =
            "SELECT n.nspname, c.relname, t.relname, i.indisvalid, pg_catalog.pg_get_indexdef(c.oid)"
                    + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid WHERE c.relname = ?::name AND c.relkind = 'i'"
                    + " ORDER BY pg_catalog.pg_table_is_visible(c.oid) DESC, 1";

    private final Connection connection;

    public IndexReader(Connection connection) {
        this.connection = connection;
    }

    /** The query for a session of another program: without parameters, so that any driver accepts it. */
    public static String query(String name) {
        String literal = "E'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
        return NAMED.replace("?", literal);
    }

    /** The indexes of that name; first the one that a statement without a schema finds. */
    public List<BuiltIndex> named(String name) throws SQLException {
        List<BuiltIndex> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(NAMED)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new BuiltIndex(
                            row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4), row.getString(5)));
                }
            }
        }
        return found;
    }
}
