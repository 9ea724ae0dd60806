package io.chartreuse.provider.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server reports about itself beside what a plan needs.
 *
 * @param version such as {@code 18.1}
 * @param ahead   how far its clock is ahead of this machine's
 */
public record ServerDetails(String version, Duration ahead) {

    public ServerDetails {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(ahead, "ahead");
    }

    /**
     * Asks in a session that cannot write.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the server cannot be reached or refuses the login
     */
    public static ServerDetails read(Connector connector, String application, Clock clock) {
        try (Connection connection = connector
                        .source(new SessionPurpose(application, Optional.empty(), true))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            Instant asked = clock.instant();
            try (ResultSet row = statement.executeQuery(
                    "SELECT split_part(current_setting('server_version'), ' ', 1), clock_timestamp()")) {
                Instant answered = clock.instant();
                row.next();
                Instant ours = asked.plus(Duration.between(asked, answered).dividedBy(2));
                Instant theirs = row.getObject(2, OffsetDateTime.class).toInstant();
                return new ServerDetails(row.getString(1), Duration.between(ours, theirs));
            }
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }
}
