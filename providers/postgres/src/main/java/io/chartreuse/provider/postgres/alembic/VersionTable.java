package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.leftover.Identifier;
import io.chartreuse.provider.postgres.leftover.ProgressTable;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.text.Sha256;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version table that {@code env.py} uses.
 *
 * @param schema as {@code env.py} names it; empty: where the search path finds it
 */
record VersionTable(Optional<String> schema, String name) {

    /** Stands for a file in plans: Alembic itself creates the table. */
    private static final String CREATION = "<< Alembic version table >>";

    private static final Logger LOG = LoggerFactory.getLogger(VersionTable.class);

    VersionTable {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }

    /**
     * The plan's entry for a database without revisions: Alembic then creates the table. @param sql as Alembic renders
     * it
     */
    static Migration creation(String sql) {
        return new Migration(
                        Migration.Kind.CALLBACK,
                        Optional.empty(),
                        "the table that holds the revision",
                        CREATION,
                        Sha256.of(sql),
                        true,
                        Optional.of("is created before the first revision, unless it is there"),
                        Optional.empty())
                .withSql(sql);
    }

    static boolean isCreation(Migration entry) {
        return entry.script().equals(CREATION);
    }

    /** The table that records the progress of a migration. */
    ProgressTable progress() {
        return ProgressTable.beside(schema, name);
    }

    /** Its rows now; empty where they cannot be read. */
    Optional<Set<String>> rows(Connector connector, SessionPurpose session) {
        try (Connection connection = connector.source(session).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT version_num FROM " + Identifier.qualified(schema, name))) {
            Set<String> rows = new TreeSet<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return Optional.of(rows);
        } catch (SQLException e) {
            LOG.debug("{} could not be read", name, e);
            return Optional.empty();
        }
    }
}
