package io.chartreuse.provider.postgres.resume;

/** One attempt at a database's pending migrations, on its own connections, which are closed when it ends. */
@FunctionalInterface
public interface Attempt {

    /**
     * Applies the pending migrations.
     *
     * @param from the database as it was just read
     * @throws io.chartreuse.provider.postgres.migrate.ConnectionLost where the connection is lost
     */
    void migrate(PrimaryState from) throws InterruptedException;
}
