package io.chartreuse.testkit;

/** A process dies here. An error, because nothing that catches exceptions survives a kill. */
public final class Killed extends Error {

    Killed() {
        super("killed", null, false, false);
    }
}
