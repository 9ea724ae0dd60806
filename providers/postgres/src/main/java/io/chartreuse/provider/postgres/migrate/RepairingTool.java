package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Repair;
import java.util.List;

/** A rare power of a {@link MigrationTool}: it clears away what a migration left that failed outside of a transaction. */
public interface RepairingTool {

    /**
     * What would be done, in order. Writes nothing.
     *
     * @param application what the connection calls itself
     * @throws ChartreuseException where the database cannot be read, or the server is still at such a migration
     */
    List<Repair> repairs(String application);

    /**
     * Does one of them.
     *
     * @throws ChartreuseException where it is no longer among {@link #repairs}, or the server refuses
     */
    void repair(Repair repair, String application);
}
