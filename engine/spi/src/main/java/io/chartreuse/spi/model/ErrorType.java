package io.chartreuse.spi.model;

/** Who caused an error; decides the exit code. */
public enum ErrorType {
    /** The command line, the configuration or a file of the user is wrong. */
    USER(64),
    /** A server refused, failed or could not be reached; a migration failed. */
    EXTERNAL(1),
    /** The plan is no longer the one that was made. */
    STALE(3),
    /** Another run holds the lock. */
    LOCKED(4),
    /** A policy or a missing approval refuses. */
    REFUSED(5),
    /** Workloads that were stopped could not be brought back. */
    UNRESTORED(6),
    /** A fault in Chartreuse. */
    INTERNAL(1);

    private final int exitCode;

    ErrorType(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a command that ends with such an error. */
    public int exitCode() {
        return exitCode;
    }
}
