package io.chartreuse.provider.postgres.resume;

/** One go at a database's pending migrations, on connections of its own, which are closed when it ends. */
@FunctionalInterface
public interface Attempt {

    /**
     * Applies what is pending.
     *
     * @param from the database as it was just read
     * @throws io.chartreuse.provider.postgres.migrate.ConnectionLost where the connection is lost
     */
    void migrate(PrimaryState from) throws InterruptedException;
}
