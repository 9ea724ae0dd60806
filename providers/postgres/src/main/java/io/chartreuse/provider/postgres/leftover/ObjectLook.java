package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads the state of a statement's object, in a session that cannot write; one session for each question. */
public final class ObjectLook {

    private static final String INDEX = "SELECT pg_catalog.to_regclass(?) IS NOT NULL";
    private static final String DETACHED =
            "SELECT coalesce(pg_catalog.to_jsonb(i) OPERATOR(pg_catalog.->>) 'inhdetachpending', 'false')"
                    + " FROM pg_catalog.pg_inherits i WHERE inhrelid = pg_catalog.to_regclass(?)::oid";

    private final Connector connector;
    private final String application;

    public ObjectLook(Connector connector, String application) {
        this.connector = connector;
        this.application = application;
    }

    /** Whether an object of that name exists. @param name as a statement writes it */
    public boolean exists(String name) {
        return first(INDEX, name).filter("t"::equals).isPresent();
    }

    /** The state of a partition that was to be detached. @param name as a statement writes it */
    public Detaching detaching(String name) {
        return first(DETACHED, name)
                .map(pending -> pending.equals("true") ? Detaching.PENDING : Detaching.NOT_BEGUN)
                .orElse(Detaching.DONE);
    }

    /** The states of a partition that was to be detached concurrently. */
    public enum Detaching {
        NOT_BEGUN,
        PENDING,
        DONE
    }

    private Optional<String> first(String sql, String name) {
        SessionPurpose session =
                new SessionPurpose(application, connector.database().role(), true).inUsersPath();
        try (Connection connection = connector.source(session).getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }
}
