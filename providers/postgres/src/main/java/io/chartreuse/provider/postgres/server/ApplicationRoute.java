package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** Finds out where the application's own URL leads, for users who configure a URL past a pooler for migrations. */
public final class ApplicationRoute {

    /** The result of {@link #compare} where both lead to the same database. */
    public static final String SAME = "the same database";

    /** The beginning of the line when the comparison was not possible. */
    public static final String UNKNOWN = "not compared: ";

    private static final int SECONDS = 20;

    private final Connector connector;

    public ApplicationRoute(Connector connector) {
        this.connector = connector;
    }

    /**
     * Compares name and oid of the database behind the application's URL with the database of the migrations; oids of
     * two clusters seldom agree. Asks as simply as possible, because a pooler may stand in between.
     *
     * @return the result; empty where both have the same URL
     */
    public Optional<String> compare(Server ours) {
        return connector.database().applicationUrl().map(url -> {
            try (Connection connection = source(url).getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT datname, oid::text FROM pg_database WHERE datname = current_database()")) {
                row.next();
                boolean same = row.getString(1).equals(ours.database())
                        && row.getString(2).equals(ours.oid());
                return same ? SAME : "another database, " + row.getString(1) + " with oid " + row.getString(2);
            } catch (SQLException e) {
                return UNKNOWN + DriverFailure.message(e);
            }
        });
    }

    private PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new SessionSource(
                () -> connector.database().password().map(connector::secret), false, Duration.ZERO, new OpenSessions());
        source.setUrl(url);
        connector.database().user().ifPresent(source::setUser);
        source.setLoginTimeout(SECONDS);
        source.setSocketTimeout(SECONDS);
        return source;
    }
}
