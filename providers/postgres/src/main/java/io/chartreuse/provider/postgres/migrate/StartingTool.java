package io.chartreuse.provider.postgres.migrate;

/** An optional capability of a {@link MigrationTool}: it works through a process that takes time to start. */
public interface StartingTool extends AutoCloseable {

    /**
     * Starts the process without waiting for it, so that the server can be asked meanwhile. Never fails: the next
     * request to the tool reports what is wrong.
     *
     * @param application the application name of its connections
     */
    void start(String application);

    /** Ends the process; the next call starts another one. */
    @Override
    void close();
}
