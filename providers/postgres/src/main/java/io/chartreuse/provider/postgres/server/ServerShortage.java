package io.chartreuse.provider.postgres.server;

import java.sql.SQLException;
import java.util.Optional;

/** The resources that a server may lack, and where to get more of them. Pure. */
public enum ServerShortage {
    /** {@code 53100}. */
    DISK("53100", "disk", "Make room where the server keeps its data, or the tablespace that the message names"),
    /** {@code 53200}. */
    MEMORY(
            "53200",
            "memory",
            "Give the server more memory, or let it promise less of it (maintenance_work_mem, work_mem, and "
                    + "max_locks_per_transaction where it speaks of shared memory)"),
    /** {@code 53300}. */
    CONNECTIONS(
            "53300",
            "connections",
            "End sessions that are not needed, raise max_connections or the limit of the role or database (CONNECTION "
                    + "LIMIT); a migration needs three");

    private final String state;
    private final String what;
    private final String remedy;

    ServerShortage(String state, String what, String remedy) {
        this.state = state;
        this.what = what;
        this.remedy = remedy;
    }

    /** The resource that the failure reports as exhausted, if any. */
    public static Optional<ServerShortage> of(SQLException failure) {
        for (ServerShortage shortage : values()) {
            if (shortage.state.equals(failure.getSQLState())) {
                return Optional.of(shortage);
            }
        }
        return Optional.empty();
    }

    /** {@code disk}. */
    public String what() {
        return what;
    }

    /** What to do, without a full stop. */
    public String remedy() {
        return remedy;
    }
}
