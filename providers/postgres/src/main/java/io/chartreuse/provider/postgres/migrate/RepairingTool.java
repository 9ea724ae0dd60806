package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Repair;
import java.util.List;

/**
 * An optional capability of a {@link MigrationTool}: it removes the leftovers of a migration that failed outside of a
 * transaction.
 */
public interface RepairingTool {

    /**
     * The possible repairs, in order. Writes nothing.
     *
     * @param application the application name of the connection
     * @throws ChartreuseException where the database cannot be read, or the server still executes such a migration
     */
    List<Repair> repairs(String application);

    /**
     * Executes one of them.
     *
     * @throws ChartreuseException where it is no longer among {@link #repairs}, or the server refuses
     */
    void repair(Repair repair, String application);
}
