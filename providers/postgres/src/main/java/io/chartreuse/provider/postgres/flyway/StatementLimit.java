package io.chartreuse.provider.postgres.flyway;

import java.util.Optional;

/**
 * How large a statement may be, with the rows that follow it: it is held whole, several times over, while it is parsed and
 * sent.
 *
 * @param memory in bytes, of the heap
 */
record StatementLimit(long memory) {

    /** So many times as many bytes as a statement has characters are needed for it, at least. */
    private static final int SHARE = 24;

    private static final long MIB = 1024 * 1024;

    static StatementLimit ofThisProcess() {
        return new StatementLimit(Runtime.getRuntime().maxMemory());
    }

    /** What is wrong with one of that size, for people. */
    Optional<String> exceeded(StatementScan.Size size) {
        return size.characters() * SHARE <= memory
                ? Optional.empty()
                : Optional.of(
                        "has a statement in line " + size.line() + " that is too large for the memory of this process: "
                                + size.characters() / MIB + " MiB, and at most " + memory / SHARE / MIB
                                + " MiB fit into a heap of " + memory / MIB + " MiB");
    }
}
