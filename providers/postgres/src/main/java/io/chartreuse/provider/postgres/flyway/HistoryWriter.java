package io.chartreuse.provider.postgres.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * Writes a row of the history with Flyway's statement and values, but without reading the history anew for each row:
 * only the holder of Flyway's lock writes. Each method needs one round trip.
 */
final class HistoryWriter {

    private final Connection connection;
    private final String insert;
    private final String installedBy;
    private final String role;
    private final String searchPath;
    private int rank;

    /** @param parts in the state that each migration is to find: role and search path are taken from it */
    HistoryWriter(FlywayParts parts, Connection connection) {
        this.connection = connection;
        this.insert = parts.database()
                .getInsertStatement(
                        parts.schema().getTable(parts.configuration().getTable()));
        this.installedBy = parts.database().getInstalledBy();
        this.rank = parts.history().allAppliedMigrations().stream()
                .mapToInt(applied -> applied.getInstalledRank())
                .max()
                .orElse(0);
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT current_user, pg_catalog.current_setting('search_path')");
                var row = query.executeQuery()) {
            row.next();
            this.role = row.getString(1);
            this.searchPath = row.getString(2);
        } catch (SQLException e) {
            throw new FlywaySqlException("role and search path cannot be read", e);
        }
    }

    /** Undoes the session settings of an earlier migration. */
    void restore() {
        try (PreparedStatement restore = connection.prepareStatement(
                "SELECT pg_catalog.set_config('role', ?, false), pg_catalog.set_config('search_path', ?, false)")) {
            restore.setString(1, role);
            restore.setString(2, searchPath);
            restore.execute();
        } catch (SQLException e) {
            throw new FlywaySqlException("role and search path cannot be restored", e);
        }
    }

    /** Adds the row of a migration, as the role that owns the history. */
    void add(MigrationInfoImpl migration, int milliseconds, boolean success) {
        String version =
                migration.getVersion() == null ? null : migration.getVersion().toString();
        Integer checksum = migration.getResolvedMigration().getChecksum();
        try (PreparedStatement row =
                connection.prepareStatement("SELECT pg_catalog.set_config('role', ?, false); " + insert)) {
            row.setString(1, role);
            row.setInt(2, ++rank);
            row.setString(3, version);
            row.setString(4, AbbreviationUtils.abbreviateDescription(migration.getDescription()));
            row.setString(5, migration.getType().name());
            row.setString(6, AbbreviationUtils.abbreviateScript(migration.getScript()));
            row.setObject(7, checksum, Types.INTEGER);
            row.setString(8, installedBy);
            row.setInt(9, milliseconds);
            row.setBoolean(10, success);
            row.execute();
        } catch (SQLException e) {
            throw new FlywaySqlException("the history cannot be written", e);
        }
    }
}
