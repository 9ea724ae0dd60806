package io.chartreuse.provider.postgres.flyway;

import java.util.Optional;

/**
 * The largest size of a statement with the rows that follow it: while it is parsed and sent, several copies of it are
 * in memory.
 *
 * @param memory in bytes, of the heap
 */
record StatementLimit(long memory) {

    /** The least number of bytes that each character of a statement needs. */
    private static final int SHARE = 24;

    private static final long MIB = 1024 * 1024;

    static StatementLimit ofThisProcess() {
        return new StatementLimit(Runtime.getRuntime().maxMemory());
    }

    /** The problem of a statement of that size, for people. */
    Optional<String> exceeded(StatementScan.Size size) {
        return size.characters() * SHARE <= memory
                ? Optional.empty()
                : Optional.of(
                        "has a statement in line " + size.line() + " that is too large for the memory of this process: "
                                + size.characters() / MIB + " MiB, and at most " + memory / SHARE / MIB
                                + " MiB fit into a heap of " + memory / MIB + " MiB");
    }
}
