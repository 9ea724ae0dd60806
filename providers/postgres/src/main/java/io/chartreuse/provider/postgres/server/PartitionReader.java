package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** Reads which tables and indexes of a database are partitioned. */
public final class PartitionReader {

    private static final String QUERY = "SELECT DISTINCT relname FROM pg_class WHERE relkind IN ('p', 'I')";

    private final Connector connector;

    public PartitionReader(Connector connector) {
        this.connector = connector;
    }

    /**
     * Their names, without schemas.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the server refuses
     */
    public Set<String> read(String application) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), true);
        Set<String> names = new TreeSet<>();
        try (Connection connection = connector.source(session).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }
}
