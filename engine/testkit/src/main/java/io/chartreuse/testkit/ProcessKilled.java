package io.chartreuse.testkit;

/** A process dies here. An error, because nothing that catches exceptions survives a kill. */
public final class ProcessKilled extends Error {

    ProcessKilled() {
        super("killed", null, false, false);
    }
}
