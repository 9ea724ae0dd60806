package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.spi.model.ChartreuseException;

/** Runs the migrations of one database. Keeps nothing of the database between two calls. */
public interface MigrationTool {

    /**
     * Compares the database's history with the migrations. Writes nothing, and creates no history table.
     *
     * @param server      the database as it answered just before
     * @param application the application name of the connection
     * @throws ChartreuseException where the history cannot be read
     */
    MigrationStatus read(Server server, String application);

    /**
     * Applies all pending migrations up to the run's goal. Returns when they are committed.
     *
     * @throws ChartreuseException where one fails; says which one, where in it, and what it left
     * @throws InterruptedException where the thread is interrupted: the running statement was cancelled, a
     *     transactional migration is rolled back
     */
    void migrate(MigrationRun run) throws InterruptedException;
}
